import { operation } from '../../pipeline/pipeline';
import { outputDataField } from '../../fields/binaryFields';
import { pathOf } from '../liveCapture/capture';
import type { Operation } from '../resource';
import { photo } from './photo';

/** API page "Download live photo". */
export const download: Operation = {
	name: 'Download',
	value: 'download',
	action: 'Download live photo',
	description: 'Get a live photo as a file. Reading is free.',
	routing: {
		request: { method: 'GET', url: `${pathOf(photo)}/download` },
		operations: {
			pagination: operation({ idFrom: 'livePhotoId', file: 'livePhoto/:livePhotoId' }),
		},
	},
	properties: [photo.id, outputDataField],
};
