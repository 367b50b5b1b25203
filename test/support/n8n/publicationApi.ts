import type { N8nSession } from './n8nSession';
import { N8nRefusal } from './n8nSession';
import { release } from './releases';
import { waitFor } from '../waitFor';

/** How far n8n got with registering a workflow's triggers. */
export interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: Array<{ status: string; errorMessage: string | null }>;
}

/** What n8n's editor does to make a workflow live and to take it off again. */
export interface PublicationApi {
	/** Makes the saved version live. Triggers that refuse are in the answer, never thrown. */
	activate: (id: string) => Promise<PublicationStatus>;
	/** A trigger that could not clean up behind itself is reported in n8n's log only. */
	deactivate: (id: string) => Promise<PublicationStatus>;
	/**
	 * Waits until n8n is done with the workflow, for example after a start. A publication that n8n 2 is
	 * killed in stands still for two minutes (`WorkflowPublicationOutboxRepository`).
	 */
	settled: (id: string) => Promise<PublicationStatus>;
}

/** n8n makes five attempts to register, up to 8 s apart, each of which may take its time. */
const TIMEOUT_MS = 90_000;

type Request = N8nSession['request'];

const savedVersion = async (request: Request, id: string) =>
	(await request<{ versionId: string }>('GET', `/workflows/${id}`)).versionId;

function inBackground(request: Request): PublicationApi {
	/**
	 * The request is answered before n8n has called the trigger's API. n8n reads what is under way and
	 * what has come of it in two queries at once, so that it may tell of what was before.
	 */
	const settled = (id: string, before?: PublicationStatus['status']) =>
		waitFor(`n8n to settle the triggers of workflow ${id}`, TIMEOUT_MS, async () => {
			const path = `/workflows/${id}/publication-status`;
			const publication = await request<PublicationStatus>('GET', path);
			return ['in_progress', before].includes(publication.status) ? undefined : publication;
		});

	return {
		activate: async (id) => {
			const versionId = await savedVersion(request, id);
			await request('POST', `/workflows/${id}/activate`, { versionId });
			return await settled(id, 'not_published');
		},
		deactivate: async (id) => {
			await request('POST', `/workflows/${id}/deactivate`, {});
			return await settled(id, 'published');
		},
		settled: async (id) => await settled(id),
	};
}

function atOnce(request: Request): PublicationApi {
	return {
		activate: async (id) => {
			const versionId = await savedVersion(request, id);
			try {
				await request('PATCH', `/workflows/${id}`, { active: true, versionId });
				return { status: 'published', triggers: [] };
			} catch (error) {
				if (!(error instanceof N8nRefusal)) throw error;
				const { message } = JSON.parse(error.body) as { message: string };
				return { status: 'failed', triggers: [{ status: 'failed', errorMessage: message }] };
			}
		},
		deactivate: async (id) => {
			const versionId = await savedVersion(request, id);
			await request('PATCH', `/workflows/${id}`, { active: false, versionId });
			return { status: 'not_published', triggers: [] };
		},
		settled: async (id) => {
			const { active } = await request<{ active: boolean }>('GET', `/workflows/${id}`);
			return { status: active ? 'published' : 'not_published', triggers: [] };
		},
	};
}

export const createPublicationApi = (request: Request): PublicationApi =>
	release.publishesInBackground ? inBackground(request) : atOnce(request);
