import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { clientLocator, locator, templateLocator } from './fields/locator';
import { ALL_OUTCOMES } from './fields/outcomes';
import { listSearch } from './listSearch';
import { receive } from './trigger/delivery';
import { eventOptions, SESSION_COMPLETED } from './trigger/events';
import { highlightEvent } from './trigger/highlights';
import { adviceInMessage, isRegistered, register, unregister } from './trigger/lifecycle';
import { hasStartedBefore } from './trigger/repeats';

export class ComplyCubeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ComplyCube Trigger',
		name: 'complyCubeTrigger',
		icon: {
			light: 'file:complycube.svg',
			dark: 'file:complycube.dark.svg',
		},
		defaults: { name: 'ComplyCube Trigger' },
		group: ['trigger'],
		// In version 1 of any node, n8n evaluates an expression of its own on every delivery (parseRequestBody)
		version: 1.1,
		subtitle: '={{ [$parameter["events"]].flat().join(", ") }}',
		description:
			'Starts the workflow when the outcome of a KYC or AML verification is known, or on other events',
		builderHint: {
			searchHint:
				'An event is only a summary, and events may arrive in any order: read the session or check by $json.payload.id with the ComplyCube node before anything is decided. It only works if ComplyCube can reach n8n over https.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-complycube.complyCube',
					relationHint: 'Reads the session, check or client that an event is about',
				},
			],
		},
		eventTriggerDescription: 'Waiting for ComplyCube to deliver an event',
		activationMessage:
			'While this workflow is published, ComplyCube delivers the chosen events to it.',
		triggerPanel: {
			header: 'Wait for an event from ComplyCube',
			executionsHelp: {
				inactive:
					'n8n registers and removes the webhook at ComplyCube by itself. <br /> <br /> <b>While you build</b>, click the button, then make something happen in ComplyCube, e.g. finish a session with a test key. The event shows up here. <br /> <br /> <b>When you are done</b>, publish the workflow. It then starts with every event, and its runs show up in the list of executions.',
				active:
					'n8n registers and removes the webhook at ComplyCube by itself. <br /> <br /> <b>While you build</b>, click the button, then make something happen in ComplyCube, e.g. finish a session with a test key. The event shows up here. <br /> <br /> <b>This workflow is published</b>, so it starts with every event. Its runs show up in the <a data-key="executions">list of executions</a>.',
			},
			activationHint:
				'Once you have built the workflow, publish it: it then starts by itself, without this button.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'complyCubeApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'webhook',
			},
		],
		hints: [
			{
				message:
					"Only workflow sessions have a template, so the other chosen events never pass the filter 'Workflow Templates'.",
				type: 'warning',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition:
					'={{ !!($parameter["filters"]?.workflowTemplateIds?.value ?? $parameter["filters"]?.workflowTemplateIds) && !!String($parameter["events"] ?? "").match(/[\\w.*]+/g)?.some((event) => !event.startsWith("workflow.session.")) }}',
			},
			{
				message:
					'Only workflow sessions and checks have an outcome, and only once they are complete, so the other chosen events never pass a filter by outcome.',
				type: 'warning',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition:
					'={{ !!($parameter["filters"]?.outcomes?.length || $parameter["filters"]?.otherOutcomes) && !!String($parameter["events"] ?? "").match(/[\\w.*]+/g)?.some((event) => !/^(workflow\\.session\\.(completed|updated)|check\\.(completed.*|updated|monitoring.*))$/.test(event)) }}',
			},
			{
				message:
					"A filter that is an expression is evaluated for each event. If it gives nothing, the event does not start the workflow, and n8n's log says why.",
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition:
					'={{ Object.values($parameter["filters"] ?? {}).flat().some((value) => String(value?.value ?? value).startsWith("=")) }}',
			},
		],
		properties: [
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: eventOptions,
				default: [SESSION_COMPLETED],
				description: 'The events that start the workflow',
			},
			{
				displayName: 'Filters',
				name: 'filters',
				type: 'collection',
				placeholder: 'Add Filter',
				default: {},
				description: 'An event starts the workflow if it passes every filter you add',
				options: [
					locator({
						...clientLocator,
						displayName: 'Clients',
						name: 'clientIds',
						required: false,
						takesSeveral: true,
						description: 'Only events about these clients. By ID, separate several with commas.',
					}),
					{
						displayName: 'Other Outcomes',
						name: 'otherOutcomes',
						type: 'string',
						default: '',
						placeholder: 'e.g. approved, escalated',
						description:
							"Outcomes that 'Outcomes' does not list, as ComplyCube spells them. Separate several with commas.",
					},
					{
						displayName: 'Outcomes',
						name: 'outcomes',
						type: 'multiOptions',
						options: ALL_OUTCOMES,
						default: [],
						description: 'Only events about sessions and checks with one of these outcomes',
					},
					locator({
						...templateLocator,
						displayName: 'Workflow Templates',
						name: 'workflowTemplateIds',
						required: false,
						takesSeveral: true,
						description:
							'Only events about sessions of these templates. By ID, separate several with commas.',
					}),
				],
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Highlight IDs in Executions',
						name: 'highlightIds',
						type: 'boolean',
						default: true,
						description:
							'Whether to save the outcome and the IDs of the client and the session or check as highlighted data, so that you can filter the executions by them',
					},
					{
						displayName: 'Ignore Repeated Events',
						name: 'ignoreRepeated',
						type: 'boolean',
						default: true,
						description:
							'Whether to start the workflow only once per event, even across restarts of n8n. ComplyCube delivers an event again if it is not sure that it arrived.',
					},
					{
						displayName: 'Include Full Resource',
						name: 'fetchResource',
						type: 'boolean',
						default: false,
						description:
							"Whether to add the whole session, check, client, document or address as 'resource'. The event itself has only a summary.",
					},
				],
			},
		],
	};

	methods = {
		listSearch: {
			searchClients: listSearch.searchClients,
			searchWorkflowTemplates: listSearch.searchWorkflowTemplates,
		},
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await adviceInMessage(isRegistered(this));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await adviceInMessage(register(this));
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	/**
	 * Keeps nothing running. At its start, n8n 2 calls the webhook methods only of nodes that have a `trigger` (its publication
	 * service), and that is when a webhook that was changed at ComplyCube is put in order.
	 */
	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return {};
	}

	/**
	 * Passes on what `webhook` received, unless it started the workflow before. Without this, n8n would wait in test runs for
	 * `trigger` to emit something.
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		if (await hasStartedBefore(this)) {
			this.addExecutionHints({
				message:
					"This event has started the workflow before, so it ends here. To run it each time, turn off 'Ignore Repeated Events'.",
				location: 'outputPane',
			});
			return [[]];
		}
		highlightEvent(this);
		return [this.getInputData()];
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
