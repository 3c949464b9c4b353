import { z } from 'zod';
import { ClientObjects } from './clientObjects.cts';
import type { ApiObject, Fields } from './objects.cts';
import { redactionReply } from './redaction.cts';
import type { Route } from './resource.cts';
import { newId } from './store.cts';
import { isoTime } from './time.cts';

/** The documented object. [Live Videos] */
export interface LiveVideo extends ApiObject {
	clientId: string;
	language: string;
	challenges: Array<{ type: 'voice' | 'actions'; value: string[] }>;
	/** Not shown: the API has no endpoint for the video itself. */
	redacted?: boolean;
}

/** Videos that clients take of themselves, with the Web or Mobile SDK only. [Live Videos] */
export class LiveVideos extends ClientObjects<LiveVideo> {
	readonly name = 'liveVideos';
	protected readonly thing = 'live video';
	protected readonly inputs = z.object({});
	protected override readonly hidden = ['redacted'];

	readonly routes: Route[] = [
		this.getRoute(),
		this.listRoute(),
		this.deleteRoute(),
		this.actionRoute('POST', '/redact', (video) => {
			Object.assign(video.data, { redacted: true, updatedAt: isoTime() });
			return redactionReply(this.okReply(video), this.settings);
		}),
	];

	protected defaults(): Fields {
		return {
			clientId: newId(),
			language: 'en',
			challenges: [
				{ type: 'voice', value: ['4', '1', '7'] },
				{ type: 'actions', value: ['turn_left'] },
			],
		};
	}
}
