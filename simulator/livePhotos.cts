import { z } from 'zod';
import { ClientObjects } from './clientObjects.cts';
import type { Clients } from './clients.cts';
import { notFound } from './errors.cts';
import { formatByContent, imageSize, PHOTO_FORMATS } from './images.cts';
import type { ApiObject, Fields, StoredObject } from './objects.cts';
import { redactionReply } from './redaction.cts';
import type { Announce, Mode, Route } from './resource.cts';
import type { Settings } from './settings.cts';
import { newId } from './store.cts';
import { isoTime } from './time.cts';
import { refuse, text } from './validation.cts';

const inputs = z.object({
	clientId: text,
	data: text,
	performLivenessCheck: z.boolean().default(true),
});

/** The documented object. [Live Photos] */
export interface LivePhoto extends ApiObject {
	clientId: string;
	performLivenessCheck: boolean;
	downloadLink?: string;
	contentType?: string;
	size?: number;
	/** Base64; shown by a download only. */
	data?: string;
}

/** Photos that clients take of themselves. [Live Photos] */
export class LivePhotos extends ClientObjects<LivePhoto> {
	readonly name = 'livePhotos';
	protected readonly thing = 'live photo';
	protected readonly inputs = inputs;
	protected override readonly hidden = ['data'];

	readonly routes: Route[] = [
		this.createRoute(),
		this.getRoute(),
		this.listRoute(),
		this.deleteRoute(),
		this.actionRoute('GET', '/download', ({ data: { id, contentType, data } }) =>
			data
				? {
						status: 200,
						body: { fileName: `${id}.${contentType?.split('/')[1]}`, contentType, data },
					}
				: notFound('live photo', id),
		),
		this.actionRoute('POST', '/redact', (photo) => {
			const {
				downloadLink: _link,
				contentType: _type,
				size: _size,
				data: _data,
				...rest
			} = photo.data;
			photo.data = { ...rest, updatedAt: isoTime() };
			return redactionReply(this.okReply(photo), this.settings);
		}),
	];

	/** @param isUsedInCheck Whether a check refers to this photo. */
	constructor(
		settings: Settings,
		announce: Announce,
		clients: Clients,
		private readonly isUsedInCheck: (id: string) => boolean,
	) {
		super(settings, announce, clients);
	}

	protected defaults(): Fields {
		return {
			clientId: newId(),
			performLivenessCheck: true,
			contentType: 'image/jpg',
			size: 72716,
			data: '/9j/4AAQSkZJRg==',
		};
	}

	protected override applyRules(fields: Fields, mode: Mode): Fields {
		const data = String(fields.data);
		const size = imageSize(data, this.settings);
		const format = formatByContent(data);
		if (!format || !PHOTO_FORMATS.includes(format)) {
			refuse('Image format should be JPG or PNG', 'data');
		}
		return { ...super.applyRules(fields, mode), size, contentType: format.contentType };
	}

	protected override insert(mode: Mode, fields: Fields): StoredObject<LivePhoto> {
		const id = String(fields.id ?? newId());
		return super.insert(mode, { id, downloadLink: `/livePhotos/${id}/download`, ...fields });
	}

	/** "You will not be able to delete a live photo once used to perform a check." */
	protected override refuseDeletion(photo: StoredObject<LivePhoto>): void {
		if (this.isUsedInCheck(photo.data.id)) refuse('A live photo used in a check cannot be deleted');
	}
}
