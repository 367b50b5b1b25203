import type { IWebhookDescription } from 'n8n-workflow';

const resumeWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'GET',
	responseMode: 'onReceived',
	// Without it n8n answers with JSON of its own.
	responseData: '',
	path: '={{ $nodeId }}',
	isFullPath: true,
	restartWebhook: true,
};

/** Where n8n takes what comes to the signed link of an execution that waits. */
export const resumeWebhooks: IWebhookDescription[] = [
	resumeWebhook,
	{ ...resumeWebhook, httpMethod: 'POST' },
];
