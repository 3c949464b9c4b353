import { outputDataField } from '../../fields/binaryFields';
import { pathOf } from '../livePhotoAndLiveVideo/capture';
import type { Operation } from '../resource';
import { photo } from './photo';

/** API page "Download live photo". */
export const download: Operation = {
	name: 'Download',
	value: 'download',
	action: 'Download live photo',
	description: 'Get a live photo as a file',
	request: { method: 'GET', path: `${pathOf(photo)}/download` },
	plan: { kind: 'download', idFrom: 'livePhotoId', fileName: 'livePhoto/:livePhotoId' },
	fields: [photo.id, outputDataField],
};
