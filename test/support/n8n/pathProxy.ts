import type { ReverseProxy, Routes } from './reverseProxy';
import { startReverseProxy } from './reverseProxy';

/**
 * What a proxy that serves n8n under a path of its host does with that path when it passes on what
 * is meant for webhooks. The editor works either way; n8n's signed links to waiting executions only
 * with `keeps`, because n8n signs the path it gives out and checks the one it is asked for.
 */
export type PathTreatment = 'strips' | 'keeps';

export interface PathProxy extends Pick<ReverseProxy, 'close'> {
	/** What n8n puts before the paths of webhooks. */
	publicUrl: string;
	/** What makes an n8n live under the path. */
	env: NodeJS.ProcessEnv;
}

const PATH = '/n8n/';

/** What n8n answers at besides the editor and its API, by the variable that moves it. */
const ENDPOINTS = {
	N8N_ENDPOINT_WEBHOOK: 'webhook',
	N8N_ENDPOINT_WEBHOOK_TEST: 'webhook-test',
	N8N_ENDPOINT_WEBHOOK_WAIT: 'webhook-waiting',
	N8N_ENDPOINT_FORM: 'form',
	N8N_ENDPOINT_FORM_TEST: 'form-test',
	N8N_ENDPOINT_FORM_WAIT: 'form-waiting',
};

function moveEndpoints(): NodeJS.ProcessEnv {
	const moved = Object.entries(ENDPOINTS).map(([name, path]) => [name, PATH.slice(1) + path]);
	return Object.fromEntries(moved) as NodeJS.ProcessEnv;
}

/** A proxy that serves an n8n under `/n8n/`, in one of the two ways that people do it. */
export async function startPathProxy(n8nUrl: string, path: PathTreatment): Promise<PathProxy> {
	const routes: Routes = { [PATH]: `${n8nUrl}/` };
	if (path === 'keeps') {
		for (const name of ['webhook', 'form']) routes[PATH + name] = n8nUrl + PATH + name;
	}
	const { url, close } = await startReverseProxy(routes);
	const env = { N8N_PATH: PATH, N8N_PROXY_HOPS: '1' };
	return path === 'keeps'
		? { publicUrl: `${url}/`, env: { ...env, ...moveEndpoints() }, close }
		: { publicUrl: url + PATH, env, close };
}
