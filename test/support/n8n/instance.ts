import { randomBytes } from 'node:crypto';
import { createCleanUps } from '../cleanUps';
import { freePort } from './freePort';
import type { N8nApi } from './n8nApi';
import { createN8nApi } from './n8nApi';
import { localUrl } from './n8nProcess';
import type { N8nServer, N8nServerOptions } from './n8nServer';
import { startN8nServer } from './n8nServer';
import type { Owner } from './n8nSession';
import { createSession } from './n8nSession';
import type { PathTreatment } from './pathProxy';
import { startPathProxy } from './pathProxy';

export interface InstanceOptions extends Omit<N8nServerOptions, 'command'> {
	/** Puts a proxy before n8n that serves it under a path, and makes that its public address. */
	pathProxy?: PathTreatment;
	/** Needed for a user folder that already has an owner. */
	owner?: Owner;
}

/** An n8n with an owner who is signed in. */
export interface Instance extends N8nServer {
	owner: Owner;
	api: N8nApi;
}

function newOwner(): Owner {
	// n8n insists on a capital letter and a digit.
	const password = `N8n-${randomBytes(9).toString('base64url')}`;
	return { email: 'owner@example.com', password };
}

export async function startInstance({
	pathProxy,
	owner = newOwner(),
	...options
}: InstanceOptions = {}): Promise<Instance> {
	const cleanUps = createCleanUps();
	try {
		const port = await freePort(options.port);
		const proxy = pathProxy && (await startPathProxy(localUrl(port), pathProxy));
		if (proxy) cleanUps.add(proxy.close);
		const server = await startN8nServer({
			...options,
			port,
			publicUrl: options.publicUrl ?? proxy?.publicUrl,
			env: { ...proxy?.env, ...options.env },
		});
		cleanUps.add(server.dispose);
		const session = createSession(server.url);
		await session.signIn(owner);
		return { ...server, owner, api: createN8nApi(session), dispose: cleanUps.run };
	} catch (error) {
		await cleanUps.run();
		throw error;
	}
}
