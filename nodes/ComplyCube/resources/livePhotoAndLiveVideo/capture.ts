import type { INodeProperties } from 'n8n-workflow';

/** A kind of picture or video that clients take of themselves; what can be done with one can be done with all. */
export interface LiveCapture {
	/** What one is called in a sentence, e.g. "live photo" */
	name: string;
	/** The path of the list, e.g. `/livePhotos` */
	path: string;
	/** The field that chooses one */
	id: INodeProperties;
	/** What Get tells about one, beside its client */
	facts: string;
	/** What has to be known of deleting one, if anything */
	deletionNote?: string;
}

/** The path of one. */
export const pathOf = ({ path, id }: LiveCapture): string => `${path}/:${id.name}`;
