import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { Objects } from './objects.cts';
import type { ApiObject, Fields } from './objects.cts';
import type { Route } from './resource.cts';

/** The documented object. [Team Members] */
export interface TeamMember extends ApiObject {
	firstName: string;
	lastName: string;
	/** `owner`, `administrator`, `developer`, `analyst`, `support-specialist`, `view-only`, or one of the account's own. */
	role: string;
}

const LETTERS_AND_DIGITS = 'ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** An ID like that in the documentation, `VNARgK33nMASdJKdi`. */
const newMemberId = () =>
	Array.from({ length: 17 }, () => LETTERS_AND_DIGITS[randomInt(LETTERS_AND_DIGITS.length)]).join(
		'',
	);

/** Who works on the account; they are made in the Web Portal. [Team Members] */
export class TeamMembers extends Objects<TeamMember> {
	readonly name = 'teamMembers';
	protected readonly thing = 'team member';
	protected readonly inputs = z.object({});
	protected override readonly hidden = ['updatedAt'];
	protected override readonly idForm = /^[a-z\d]+$/i;
	protected override readonly filters = ['firstName', 'lastName', 'role'];
	protected override readonly isListedByClient = false;

	readonly routes: Route[] = [this.getRoute(), this.listRoute()];

	protected defaults(): Fields {
		return { id: newMemberId(), firstName: 'Grace', lastName: 'Example', role: 'analyst' };
	}
}
