import { idField } from '../../fields/locator';
import type { LiveCapture } from '../livePhotoAndLiveVideo/capture';

/** API page "Live Photos". */
export const photo: LiveCapture = {
	name: 'live photo',
	path: '/livePhotos',
	id: idField('Live Photo ID', 'livePhotoId', "The 'id' from Upload or Get Many"),
	facts: 'type, size and whether liveness was checked',
	deletionNote: 'If a check has used it, use Redact instead.',
};
