import { getCountries } from './countries';
import { getScreeningLists } from './screeningLists';
import { searchIn, shortTime } from './search';

/** The functions that fill the lists to pick from; a resource locator names the one it uses. */
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
	searchCustomLists: searchIn({
		path: '/customLists',
		describe: ({ name, description }) => [name, description],
	}),
	searchDocuments: searchIn({
		path: '/documents',
		ofClient: true,
		describe: ({ type, issuingCountry, createdAt }) => [type, issuingCountry, shortTime(createdAt)],
	}),
	searchTeamMembers: searchIn({
		path: '/teamMembers',
		describe: ({ firstName, lastName, role }) => [
			[firstName, lastName].filter(Boolean).join(' '),
			role,
		],
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
	// ComplyCube has no endpoint for templates, so this lists those of past sessions
	searchWorkflowTemplates: searchIn({
		path: '/workflowSessions',
		pick: 'workflowTemplateId',
		describe: ({ workflowTemplateName }) => [workflowTemplateName],
	}),
};

/** The functions that fill the options of a field; the field names the one it uses. */
export const loadOptions = { getCountries, getScreeningLists };
