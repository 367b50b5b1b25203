import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { createExecutionsApi } from './executionsApi';
import type { N8nSession } from './n8nSession';
import { createPublicationApi } from './publicationApi';
import { createWorkflowsApi } from './workflowsApi';

export interface Credential {
	id: string;
	name: string;
	type: string;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

export type N8nApi = ReturnType<typeof createN8nApi>;

/** The REST calls of n8n's own editor, named after what a person does there. */
export function createN8nApi({ request }: Pick<N8nSession, 'request'>) {
	return {
		request,

		createCredential: async (
			type: string,
			data: ICredentialDataDecryptedObject,
			name = type,
		): Promise<Credential> => {
			const { id } = await request<Credential>('POST', '/credentials', { name, type, data });
			return { id, name, type };
		},

		/** Runs the credential's test as the editor does when it opens a stored credential. */
		testCredential: async ({ id }: Pick<Credential, 'id'>): Promise<CredentialTestResult> => {
			const path = `/credentials/${id}?includeData=true`;
			const credentials = await request<Credential>('GET', path);
			return await request('POST', '/credentials/test', { credentials });
		},

		...createWorkflowsApi(request),
		...createPublicationApi(request),
		...createExecutionsApi(request),
	};
}
