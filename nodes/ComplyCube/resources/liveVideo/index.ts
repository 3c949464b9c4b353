import { remove } from '../livePhotoAndLiveVideo/delete';
import { get } from '../livePhotoAndLiveVideo/get';
import { getAll } from '../livePhotoAndLiveVideo/getAll';
import { redact } from '../livePhotoAndLiveVideo/redact';
import type { Resource } from '../resource';
import { video } from './video';

/** A video of a client's face; only ComplyCube's own apps and pages record it (API page "Live Videos"). */
export const liveVideo: Resource = {
	name: 'Live Video',
	value: 'liveVideo',
	description: "A video of a client's face, for enhanced identity checks",
	operations: [remove(video), get(video), getAll(video), redact(video)],
};
