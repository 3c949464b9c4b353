import { z } from 'zod';
import { ClientObjects } from './clientObjects.cts';
import type { ApiObject, Fields } from './objects.cts';
import type { Route } from './resource.cts';
import { newId } from './store.cts';
import { country, date, text } from './validation.cts';

const inputs = z.object({
	clientId: text,
	type: z.enum(['main', 'alternative', 'other']).optional(),
	propertyNumber: z.string().optional(),
	buildingName: z.string().optional(),
	line: text,
	city: text,
	state: z.string().optional(),
	postalCode: z.string().optional(),
	country,
	fromDate: date.optional(),
	toDate: date.optional(),
});

/** The documented object. [Python client] */
export interface Address extends ApiObject, z.infer<typeof inputs> {}

/** The addresses of clients. [Python client] */
export class Addresses extends ClientObjects<Address> {
	readonly name = 'addresses';
	protected readonly thing = 'address';
	protected override readonly event = 'address';
	protected readonly inputs = inputs;
	protected override readonly filters = Object.keys(inputs.shape);

	readonly routes: Route[] = this.crudRoutes();

	protected defaults(): Fields {
		return {
			clientId: newId(),
			type: 'main',
			line: '1 Example Street',
			city: 'London',
			country: 'GB',
		};
	}
}
