import { z } from 'zod';
import { text } from './validation.cts';

export const CHECK_TYPES = [
	'standard_screening_check',
	'extensive_screening_check',
	'document_check',
	'identity_check',
	'enhanced_identity_check',
	'proof_of_address_check',
	'multi_bureau_check',
	'eid_check',
	'ssn_check',
	'age_estimation_check',
	'identity_fraud_check',
	'driving_license_check',
	'device_intelligence_check',
	'email_intelligence_check',
	'mobile_intelligence_check',
	'face_authentication_check',
] as const;

export type Reference = 'documentId' | 'addressId' | 'livePhotoId' | 'liveVideoId';

/** What a check of a type needs besides the client. [Checks] */
export const REQUIRED_REFERENCES: Record<string, Reference[]> = {
	document_check: ['documentId'],
	identity_check: ['documentId', 'livePhotoId'],
	enhanced_identity_check: ['documentId', 'liveVideoId'],
	proof_of_address_check: ['documentId'],
	driving_license_check: ['documentId'],
	multi_bureau_check: ['addressId'],
	identity_fraud_check: ['addressId'],
	age_estimation_check: ['livePhotoId'],
	face_authentication_check: ['livePhotoId'],
};

const CLASSIFICATIONS = [
	...['pepLevel1', 'pepLevel2', 'pepLevel3', 'pepLevel4'],
	...['watchlistSanctionsLists', 'watchlistOtherOfficialLists', 'watchlistWarCrimes'],
	...['watchlistTerror', 'watchlistOtherExclusionLists', 'watchlistSanctionsControlAndOwnership'],
	...['adverseMediaEnvironmentProduction', 'adverseMediaSocialLabour'],
	...['adverseMediaCompetitiveFinancial', 'adverseMediaRegulatory'],
	...['otherListsAssociatedEntity', 'otherListsOrganisedCrime', 'otherListsFinancialCrime'],
	...['otherListsTaxCrime', 'otherListsCorruption', 'otherListsTrafficking'],
] as [string, ...string[]];

const ANALYSES = [
	...['consistency_analysis', 'forensic_analysis', 'content_analysis', 'format_analysis'],
	...['front_back_analysis', 'mrz_analysis'],
] as [string, ...string[]];

/** The fields that an update may change. */
export const updateInputs = z.object({
	enableMonitoring: z.boolean().optional(),
	options: z
		.object({
			screeningListsScope: z.object({}).passthrough().optional(),
			screeningNameSearchMode: z.enum(['fuzzy', 'precise']).optional(),
			screeningClassification: z.array(z.enum(CLASSIFICATIONS)).optional(),
			analysisCoverage: z.array(z.enum(ANALYSES)).optional(),
			minimumPermittedAge: z.number().int().optional(),
			clientDataValidation: z.boolean().optional(),
		})
		.passthrough()
		.optional(),
	clientConsent: z.boolean().optional(),
});

/** The fields of a creation. [Create a check] */
export const inputs = updateInputs.extend({
	clientId: text,
	type: z.enum(CHECK_TYPES),
	enableMonitoring: z.boolean().default(false),
	documentId: text.optional(),
	addressId: text.optional(),
	livePhotoId: text.optional(),
	liveVideoId: text.optional(),
});

/** [Validate check outcome] */
export const validationInputs = z.object({
	outcome: z.enum(['confirmed', 'rejected', 'attention']),
	matchId: text.optional(),
	rejectionReasons: z
		.array(
			z.enum([
				'document_appears_fake',
				'document_has_expired',
				'document_is_specimen',
				'document_is_blacklisted',
				'document_age_below_threshold',
				'document_misread',
			]),
		)
		.optional(),
	userSuppliedData: z.record(z.unknown()).optional(),
	comment: z.string().max(4000).optional(),
});

const ATTRIBUTES = [
	...['address', 'birthPlace', 'dob', 'documentDiscriminator', 'documentNumber', 'expirationDate'],
	...['firstName', 'gender', 'healthInsuranceNumber', 'issuingAuthority', 'issuingCountry'],
	...['issuingDate', 'issuingPlace', 'lastName', 'mrz', 'nationality', 'personalNumber'],
	...['taxIdentificationNumber'],
] as [string, ...string[]];

/** [Redact check outcome] */
export const redactionInputs = z.object({
	attributes: z.array(z.enum(ATTRIBUTES)).optional(),
	// `all`, and other values that we do not know.
	images: z.array(z.string()).optional(),
});
