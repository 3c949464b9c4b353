import { remove } from '../liveCapture/delete';
import { get } from '../liveCapture/get';
import { getAll } from '../liveCapture/getAll';
import { redact } from '../liveCapture/redact';
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
