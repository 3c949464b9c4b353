import { remove } from '../livePhotoAndLiveVideo/delete';
import { get } from '../livePhotoAndLiveVideo/get';
import { getAll } from '../livePhotoAndLiveVideo/getAll';
import { redact } from '../livePhotoAndLiveVideo/redact';
import type { Resource } from '../resource';
import { download } from './download';
import { photo } from './photo';
import { upload } from './upload';

/** A picture of a client's face (API page "Live Photos"). */
export const livePhoto: Resource = {
	name: 'Live Photo',
	value: 'livePhoto',
	description: "A picture of a client's face, for identity checks",
	operations: [remove(photo), download, get(photo), getAll(photo), redact(photo), upload],
	default: 'upload',
};
