import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { listSearch } from './listSearch';
import { loadOptions } from './loadOptions';
import { address } from './resources/address';
import { check } from './resources/check';
import { client } from './resources/client';
import { document } from './resources/document';
import { flowSession } from './resources/flowSession';
import { livePhoto } from './resources/livePhoto';
import { liveVideo } from './resources/liveVideo';
import { report } from './resources/report';
import { hintsOf, propertiesOf, routingOfResource } from './resources/resource';
import { workflowSession } from './resources/workflowSession';

const RESOURCES = [
	address,
	check,
	client,
	document,
	flowSession,
	livePhoto,
	liveVideo,
	report,
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

	methods = { listSearch, loadOptions };
}
