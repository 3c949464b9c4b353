import { searchIn, shortTime } from './search';

/** What fills the lists to pick from, by the name that a resource locator knows it by. */
export const listSearch = {
	searchChecks: searchIn({
		path: '/checks',
		describe: ({ entityName, type, status, createdAt }) => [
			entityName,
			type,
			status,
			shortTime(createdAt),
		],
	}),
	searchClients: searchIn({
		path: '/clients',
		describe: ({ entityName, email, createdAt }) => [entityName, email, shortTime(createdAt)],
	}),
	searchDocuments: searchIn({
		path: '/documents',
		ofClient: true,
		describe: ({ type, issuingCountry, createdAt }) => [type, issuingCountry, shortTime(createdAt)],
	}),
	searchWorkflowSessions: searchIn({
		path: '/workflowSessions',
		describe: ({ entityName, status, createdAt, workflowTemplateName }) => [
			entityName,
			status,
			shortTime(createdAt),
			workflowTemplateName,
		],
	}),
	// There is no endpoint for templates: those of past sessions are listed
	searchWorkflowTemplates: searchIn({
		path: '/workflowSessions',
		pick: 'workflowTemplateId',
		describe: ({ workflowTemplateName }) => [workflowTemplateName],
	}),
};
