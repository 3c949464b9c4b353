import { locator } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import { invalidValue, type BodyStep } from '../../pipeline/body';
import type { Operation } from '../resource';
import { CHECK_PATH, checkLocator } from './fields';

/** What ComplyCube makes of a request to redact nothing is not documented. */
const notNothing: BodyStep = (body) =>
	Object.values(body).some((names) => Array.isArray(names) && names.length > 0)
		? body
		: invalidValue(
				'attributes',
				"Both 'Attributes' and 'Images' are empty",
				'Choose what to redact.',
			);

/** API page "Redact check outcome". */
export const redact: Operation = {
	name: 'Redact',
	value: 'redact',
	action: 'Redact check permanently',
	description:
		'Cannot be undone. Removes data and parts of images from the result of a document check.',
	request: { method: 'POST', path: `${CHECK_PATH}/redact` },
	plan: {
		kind: 'change',
		idFrom: 'checkId',
		addToReply: { redacted: true },
		body: [notNothing],
		inDoubt:
			'The check may have been redacted all the same. It is safe to run this item again: it redacts the same data.',
	},
	hint: "Redacting cannot be undone: the data is removed from the check's result at ComplyCube.",
	fields: [
		locator(checkLocator),
		{
			displayName: 'Attributes',
			name: 'attributes',
			type: 'multiOptions',
			default: [],
			description: 'What to remove from the extracted data',
			options: [
				{ name: 'Address', value: 'address' },
				{ name: 'Birth Place', value: 'birthPlace' },
				{ name: 'Date of Birth', value: 'dob' },
				{ name: 'Document Discriminator', value: 'documentDiscriminator' },
				{ name: 'Document Number', value: 'documentNumber' },
				{ name: 'Expiration Date', value: 'expirationDate' },
				{ name: 'First Name', value: 'firstName' },
				{ name: 'Gender', value: 'gender' },
				{ name: 'Health Insurance Number', value: 'healthInsuranceNumber' },
				{ name: 'Issuing Authority', value: 'issuingAuthority' },
				{ name: 'Issuing Country', value: 'issuingCountry' },
				{ name: 'Issuing Date', value: 'issuingDate' },
				{ name: 'Issuing Place', value: 'issuingPlace' },
				{ name: 'Last Name', value: 'lastName' },
				{ name: 'MRZ', value: 'mrz' },
				{ name: 'Nationality', value: 'nationality' },
				{ name: 'Personal Number', value: 'personalNumber' },
				{ name: 'Tax Identification Number', value: 'taxIdentificationNumber' },
			],
			routing: inBody('attributes'),
		},
		{
			displayName: 'Images',
			name: 'images',
			type: 'multiOptions',
			default: [],
			description: 'What to make unrecognizable in the images',
			options: [
				{ name: 'All', value: 'all', description: 'The entire front and back images' },
				{ name: 'Code', value: 'code', description: 'Barcodes and QR codes' },
				{ name: 'Face', value: 'face', description: 'Faces and portraits' },
				{ name: 'Fingerprint', value: 'fingerprint' },
				{ name: 'Security Elements', value: 'securityElements' },
				{ name: 'Signature', value: 'signature' },
			],
			routing: inBody('images'),
		},
	],
};
