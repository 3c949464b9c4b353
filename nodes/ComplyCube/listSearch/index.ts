import { readable } from '../values/readable';
import { getCountries } from './countries';
import { getScreeningLists } from './screeningLists';
import { searchIn } from './search';

/** The functions that fill the lists to pick from; a resource locator names the one it uses. */
export const listSearch = {
	searchAddresses: searchIn({
		path: '/addresses',
		ofClient: true,
		describe: ({ propertyNumber, buildingName, line, city, postalCode, country }) => [
			[propertyNumber, buildingName, line].filter(Boolean).join(' '),
			city,
			postalCode,
			country,
		],
	}),
	searchChecks: searchIn({
		path: '/checks',
		describe: ({ entityName, type, status, createdAt }, localTime) => [
			entityName,
			readable(type),
			status,
			localTime(createdAt),
		],
	}),
	searchClients: searchIn({
		path: '/clients',
		describe: ({ entityName, email, createdAt }, localTime) => [
			entityName,
			email,
			localTime(createdAt),
		],
	}),
	searchCustomLists: searchIn({
		path: '/customLists',
		describe: ({ name, description }) => [name, description],
	}),
	searchDocuments: searchIn({
		path: '/documents',
		ofClient: true,
		describe: ({ type, issuingCountry, createdAt }, localTime) => [
			readable(type),
			issuingCountry,
			localTime(createdAt),
		],
	}),
	searchLivePhotos: searchIn({
		path: '/livePhotos',
		ofClient: true,
		describe: ({ createdAt }, localTime) => [localTime(createdAt)],
	}),
	searchLiveVideos: searchIn({
		path: '/liveVideos',
		ofClient: true,
		describe: ({ createdAt, language }, localTime) => [localTime(createdAt), language],
	}),
	searchTeamMembers: searchIn({
		path: '/teamMembers',
		describe: ({ firstName, lastName, role }) => [
			[firstName, lastName].filter(Boolean).join(' '),
			readable(role),
		],
	}),
	searchWorkflowSessions: searchIn({
		path: '/workflowSessions',
		describe: ({ entityName, status, createdAt, workflowTemplateName }, localTime) => [
			entityName,
			status,
			localTime(createdAt),
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
