import { z } from 'zod';
import { ClientObjects } from './clientObjects.cts';
import { notFound } from './errors.cts';
import { formatByName, measure } from './images.cts';
import { now } from './objects.cts';
import type { ApiObject, Fields, StoredObject } from './objects.cts';
import { redactReply } from './redaction.cts';
import type { ApiCall, ApiReply, Route } from './resource.cts';
import { newId, withoutEmpty } from './store.cts';
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

const upload = z.object({
	fileName: text.refine(formatByName, 'it should end with .jpg, .jpeg, .png, or .pdf'),
	data: text,
});

const sideOf = z.object({ documentSide: z.enum(['front', 'back']) });

const redaction = z.object({ attributes: z.array(z.enum(['images'])).min(1) });

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
	/** Base64; only a download shows it. */
	data: string;
}

/** The documented object. [Documents] */
export interface Document extends ApiObject, z.infer<typeof inputs> {
	images?: Image[];
}

const withoutData = ({ data: _data, ...image }: Image): Fields => image;

const download = ({ fileName, contentType, data }: Image): ApiReply => ({
	status: 200,
	body: { fileName, contentType, data },
});

/** What clients prove with who they are and where they live, and the images of it. [Documents] */
export class Documents extends ClientObjects<Document> {
	readonly name = 'documents';
	protected readonly thing = 'document';
	protected override readonly event = 'document';
	protected readonly inputs = inputs;
	protected override readonly filters = Object.keys(inputs.shape);

	readonly routes: Route[] = [
		this.creating(),
		this.getting(),
		this.listing(),
		this.updating(),
		this.deleting(),
		this.acting('POST', '/upload/:documentSide', (document, call) => this.upload(document, call)),
		this.acting('GET', '/download/:documentSide', (document, call) =>
			this.withImage(document, call, download),
		),
		// Where an image's `downloadLink` leads.
		this.acting('GET', '/images/:imageId/download', (document, call) =>
			this.withImage(document, call, download),
		),
		this.acting('DELETE', '/:documentSide', (document, call) =>
			this.withImage(document, call, (image) => this.deleteImage(document, image)),
		),
		this.acting('POST', '/redact', (document, { body }) => {
			parse(redaction, body);
			this.setImages(document, []);
			this.occurred('updated', document);
			return redactReply(this.reply(document), this.settings);
		}),
	];

	protected standard(): Fields {
		return { clientId: newId(), type: 'passport', issuingCountry: 'GB' };
	}

	protected override show({ data: { images, ...data } }: StoredObject<Document>): Fields {
		return withoutEmpty({ ...data, images: images?.map(withoutData) });
	}

	private setImages(document: StoredObject<Document>, images: Image[]): void {
		Object.assign(document.data, { images, updatedAt: now() });
	}

	/** Of a side that has an image already, the new one takes its place. */
	private upload(document: StoredObject<Document>, { params, body }: ApiCall): ApiReply {
		const { documentSide } = parse(sideOf, params);
		const { fileName, data } = parse(upload, body);
		const id = newId();
		const at = now();
		const image: Image = {
			id,
			fileName,
			documentSide,
			downloadLink: `/documents/${document.data.id}/images/${id}/download`,
			contentType: formatByName(fileName)!.contentType,
			size: measure(data, this.settings),
			createdAt: at,
			updatedAt: at,
			data,
		};
		const others = document.data.images?.filter((other) => other.documentSide !== documentSide);
		this.setImages(document, [...(others ?? []), image]);
		this.occurred('updated.image_uploaded', document);
		return { status: 200, body: withoutData(image) };
	}

	private deleteImage(document: StoredObject<Document>, image: Image): ApiReply {
		this.setImages(
			document,
			document.data.images!.filter((other) => other !== image),
		);
		this.occurred('updated.image_deleted', document);
		return { status: 204 };
	}

	private withImage(
		document: StoredObject<Document>,
		{ params }: ApiCall,
		act: (image: Image) => ApiReply,
	): ApiReply {
		const { imageId, documentSide } = params;
		if (documentSide) parse(sideOf, params);
		const image = document.data.images?.find((one) =>
			imageId ? one.id === imageId : one.documentSide === documentSide,
		);
		return image ? act(image) : notFound('image', imageId ?? documentSide);
	}
}
