import { updateDisplayOptions } from 'n8n-workflow';
import { clientLocator, locator } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import { onlyIf, required } from '../../pipeline/body';
import type { Operation } from '../resource';

const isForApp = (body: object) => 'appId' in body;

/** API page "Generate a token". */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create SDK token',
	description: 'Free. Lets an app or website run a ComplyCube SDK for one client for 60 minutes.',
	request: { method: 'POST', path: '/tokens' },
	plan: {
		kind: 'change',
		requiredIds: ['clientId'],
		body: [
			onlyIf(
				isForApp,
				required(
					'appId',
					'Enter the ID under which the app is published, e.g. com.example.app.',
					'App ID',
				),
			),
			onlyIf(
				(body) => !isForApp(body),
				required('referrer', 'Enter the pages of the website, e.g. https://www.example.com/*.'),
			),
		],
		inDoubt:
			'A token may have been made all the same, but nobody has it. It is safe to run this item again.',
	},
	hint: "Anyone with the token can act as this client for 60 minutes, so give it only to your app or website. n8n saves it with the execution unless the workflow's settings say otherwise.",
	fields: [
		locator({ ...clientLocator, routing: inBody('clientId') }),
		{
			displayName: 'Platform',
			name: 'platform',
			type: 'options',
			noDataExpression: true,
			default: 'web',
			description: 'Where the SDK runs',
			options: [
				{ name: 'Mobile App', value: 'mobile' },
				{ name: 'Website', value: 'web' },
			],
		},
		...updateDisplayOptions({ show: { platform: ['web'] } }, [
			{
				displayName: 'Referrer',
				name: 'referrer',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. https://www.example.com/*',
				hint: 'The pages on which the SDK may run. Use * for any part.',
				routing: inBody('referrer'),
			},
		]),
		...updateDisplayOptions({ show: { platform: ['mobile'] } }, [
			{
				displayName: 'App ID',
				name: 'appId',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. com.example.app',
				hint: 'The bundle ID on iOS, the application ID on Android',
				routing: inBody('appId'),
			},
		]),
	],
};
