import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { listSearch, loadOptions } from './listSearch';
import { account } from './resources/account';
import { address } from './resources/address';
import { addressLookup } from './resources/addressLookup';
import { auditLog } from './resources/auditLog';
import { check } from './resources/check';
import { client } from './resources/client';
import { companyLookup } from './resources/companyLookup';
import { customList } from './resources/customList';
import { document } from './resources/document';
import { flowSession } from './resources/flowSession';
import { livePhoto } from './resources/livePhoto';
import { liveVideo } from './resources/liveVideo';
import { referenceData } from './resources/referenceData';
import { report } from './resources/report';
import { hintsOf, outputFieldsOf, propertiesOf, routingOfResource } from './resources/resource';
import { sdkToken } from './resources/sdkToken';
import { teamMember } from './resources/teamMember';
import { workflowSession } from './resources/workflowSession';

const RESOURCES = [
	account,
	address,
	addressLookup,
	auditLog,
	check,
	client,
	companyLookup,
	customList,
	document,
	flowSession,
	livePhoto,
	liveVideo,
	referenceData,
	report,
	sdkToken,
	teamMember,
	workflowSession,
];

export class ComplyCube implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ComplyCube',
		name: 'complyCube',
		icon: { light: 'file:complycube.svg', dark: 'file:complycube.dark.svg' },
		group: ['transform'],
		version: 1,
		// The fields say "Hosted Session"
		subtitle:
			'={{ $parameter["operation"] + ": " + $parameter["resource"].replace(/^flow/, "hosted") }}',
		description: 'Verify people and companies: KYC, AML and identity checks with ComplyCube',
		defaults: { name: 'ComplyCube' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		builderHint: {
			searchHint:
				"Typical chain: Hosted Session: Create with New Client, send its link to the client, then a second workflow with the ComplyCube Trigger that reads the session and branches on its outcome; treat every outcome but 'clear' as a case for a person. With a live key, operations marked (charged) cost money, and those marked (paid quota) use up the plan: do not put them into loops, retries or tests, nor give them to an agent, unless the user asks for it.",
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-complycube.complyCubeTrigger',
					relationHint: 'Starts a workflow when an outcome is known, which may take hours',
				},
			],
		},
		// Whoever has an SDK token can act as its client. n8n 2.40 does not hide these yet, but has the code for it
		sensitiveOutputFields: ['token'],
		credentials: [{ name: 'complyCubeApi', required: true }],
		// n8n demands this of a declarative node with methods; the base URL comes from the credential
		requestDefaults: {},
		hints: hintsOf(RESOURCES),
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: RESOURCES.map(({ name, value, description }) => ({ name, value, description })),
				default: 'workflowSession',
				routing: routingOfResource(RESOURCES),
			},
			...propertiesOf(RESOURCES),
		],
	};

	methods = {
		listSearch,
		loadOptions: { ...loadOptions, getOutputFields: outputFieldsOf(RESOURCES) },
	};
}
