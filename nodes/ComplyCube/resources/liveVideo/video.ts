import { idField } from '../../fields/locator';
import type { LiveCapture } from '../livePhotoAndLiveVideo/capture';

/** API page "Live Videos". */
export const video: LiveCapture = {
	name: 'live video',
	path: '/liveVideos',
	id: idField('Live Video ID', 'liveVideoId', "The 'id' from Get Many"),
	facts: 'language and challenges',
};
