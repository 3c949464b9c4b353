import { z } from 'zod';
import { ClientObjects } from './clientObjects.cts';
import { notFound } from './errors.cts';
import { formatByName, imageSize } from './images.cts';
import type { ApiObject, Fields, StoredObject } from './objects.cts';
import { redactionReply } from './redaction.cts';
import type { ApiCall, ApiReply, Route } from './resource.cts';
import { newId, withoutEmpty } from './store.cts';
import { isoTime } from './time.cts';
import { country, parse, text } from './validation.cts';

const inputs = z.object({
	clientId: text,
	type: z.enum([
		'passport',
		'driving_license',
		'national_insurance_number',
		'social_security_number',
		'utility_bill',
		'tax_identification_number',
		'national_identity_card',
		'visa',
		'polling_card',
		'residence_permit',
		'birth_certificate',
		'bank_statement',
		'change_of_name',
		'tax_document',
		'company_confirmation_statement',
		'company_annual_accounts',
		'company_statement_of_capital',
		'company_change_of_address',
		'company_incorporation',
		'company_change_of_officers',
		'company_change_of_beneficial_owners',
		'unknown',
		'other',
	]),
	classification: z
		.enum([
			'proof_of_identity',
			'source_of_wealth',
			'source_of_funds',
			'proof_of_address',
			'company_filing',
			'other',
		])
		.optional(),
	issuingCountry: country.optional(),
});

const uploadInputs = z.object({
	fileName: text.refine(formatByName, 'it should end with .jpg, .jpeg, .png, or .pdf'),
	data: text,
});

const sideParams = z.object({ documentSide: z.enum(['front', 'back']) });

const redactionInputs = z.object({ attributes: z.array(z.enum(['images'])).min(1) });

/** One side of a document. [Upload image attachment] */
export interface Image {
	id: string;
	fileName: string;
	documentSide: 'front' | 'back';
	downloadLink: string;
	contentType: string;
	size: number;
	createdAt: string;
	updatedAt: string;
	/** Base64; shown by a download only. */
	data: string;
}

/** The documented object. [Documents] */
export interface Document extends ApiObject, z.infer<typeof inputs> {
	images?: Image[];
}

const withoutData = ({ data: _data, ...image }: Image): Fields => image;

const downloadReply = ({ fileName, contentType, data }: Image): ApiReply => ({
	status: 200,
	body: { fileName, contentType, data },
});

/** Proofs of identity and address, with their images. [Documents] */
export class Documents extends ClientObjects<Document> {
	readonly name = 'documents';
	protected readonly thing = 'document';
	protected override readonly event = 'document';
	protected readonly inputs = inputs;
	protected override readonly filters = Object.keys(inputs.shape);

	readonly routes: Route[] = [
		...this.crudRoutes(),
		this.actionRoute('POST', '/upload/:documentSide', (document, call) =>
			this.upload(document, call),
		),
		this.actionRoute('GET', '/download/:documentSide', (document, call) =>
			this.withImage(document, call, downloadReply),
		),
		// The path in an image's `downloadLink`.
		this.actionRoute('GET', '/images/:imageId/download', (document, call) =>
			this.withImage(document, call, downloadReply),
		),
		this.actionRoute('DELETE', '/:documentSide', (document, call) =>
			this.withImage(document, call, (image) => this.deleteImage(document, image)),
		),
		this.actionRoute('POST', '/redact', (document, { body }) => {
			parse(redactionInputs, body);
			this.setImages(document, []);
			this.announceEvent('updated', document);
			return redactionReply(this.okReply(document), this.settings);
		}),
	];

	protected defaults(): Fields {
		return { clientId: newId(), type: 'passport', issuingCountry: 'GB' };
	}

	protected override apiBody({ data: { images, ...data } }: StoredObject<Document>): Fields {
		return withoutEmpty({ ...data, images: images?.map(withoutData) });
	}

	private setImages(document: StoredObject<Document>, images: Image[]): void {
		Object.assign(document.data, { images, updatedAt: isoTime() });
	}

	/** Replaces the image of the side, if it has one. */
	private upload(document: StoredObject<Document>, { params, body }: ApiCall): ApiReply {
		const { documentSide } = parse(sideParams, params);
		const { fileName, data } = parse(uploadInputs, body);
		const id = newId();
		const at = isoTime();
		const image: Image = {
			id,
			fileName,
			documentSide,
			downloadLink: `/documents/${document.data.id}/images/${id}/download`,
			contentType: formatByName(fileName)!.contentType,
			size: imageSize(data, this.settings),
			createdAt: at,
			updatedAt: at,
			data,
		};
		const others = document.data.images?.filter((other) => other.documentSide !== documentSide);
		this.setImages(document, [...(others ?? []), image]);
		this.announceEvent('updated.image_uploaded', document);
		return { status: 200, body: withoutData(image) };
	}

	private deleteImage(document: StoredObject<Document>, image: Image): ApiReply {
		this.setImages(
			document,
			document.data.images!.filter((other) => other !== image),
		);
		this.announceEvent('updated.image_deleted', document);
		return { status: 204 };
	}

	private withImage(
		document: StoredObject<Document>,
		{ params }: ApiCall,
		act: (image: Image) => ApiReply,
	): ApiReply {
		const { imageId, documentSide } = params;
		if (documentSide) parse(sideParams, params);
		const image = document.data.images?.find((one) =>
			imageId ? one.id === imageId : one.documentSide === documentSide,
		);
		return image ? act(image) : notFound('image', imageId ?? documentSide);
	}
}
