import { idField } from '../../fields/locator';
import type { LiveCapture } from '../livePhotoAndLiveVideo/capture';

/** API page "Live Photos". */
export const photo: LiveCapture = {
	name: 'live photo',
	path: '/livePhotos',
	id: idField('Live Photo ID', 'livePhotoId', "The 'id' that Upload and Get Many return"),
	facts: 'type and size, and whether liveness was checked',
	deletionNote: 'One that was used in a check cannot be deleted, only redacted.',
};
