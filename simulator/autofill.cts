import { z } from 'zod';
import { processingError, Refusal } from './errors.cts';
import { formatByContent, imageSize } from './images.cts';
import type { Route } from './resource.cts';
import { sampleImage } from './sampleImages.cts';
import type { Settings } from './settings.cts';
import { parse, text } from './validation.cts';

const inputs = z.object({ data: text });

/** With the attribute names that redaction uses. [Redact check outcome] */
const EXTRACTED = {
	firstName: 'Ada',
	lastName: 'Example',
	dob: { day: 31, month: 1, year: 1990 },
	documentNumber: '123456789',
	issuingCountry: 'GB',
};

/**
 * @returns `POST /autofill` with an image or a page of an identity document -> what it says. Assumption: the reply looks like the
 * `extractedData` of a check, and the limits are those of uploads; neither is documented. [Autofill]
 */
export const autofillRoutes = (settings: Settings): Route[] => [
	{
		method: 'POST',
		path: '/autofill',
		countsInQuota: true,
		handle: ({ body }) => {
			const { data } = parse(inputs, body);
			imageSize(data, settings);
			if (!formatByContent(data)) {
				throw new Refusal(
					processingError('unsupported_document_format', 'The image should be JPG, PNG or PDF'),
				);
			}
			const face = settings.autofillReply === 'withImage' && { face: sampleImage('jpg', 600) };
			return { status: 200, body: { ...EXTRACTED, ...face } };
		},
	},
];
