import { createCleanUps } from './cleanUps';
import { freePort } from './n8n/freePort';
import { systemEnvironment } from './n8n/environment';
import { startReadyProcess } from './n8n/readyProcess';
import { startReverseProxy } from './n8n/reverseProxy';
import { DOCUMENTS, documentFile } from './openApi';

export interface Prism {
	url: string;
	close: () => Promise<void>;
}

/**
 * A Twilio that knows nothing but Twilio's OpenAPI documents: Prism, one process for each document,
 * answers with their examples, and refuses with 422 what they do not allow.
 *
 * @see https://docs.stoplight.io/docs/prism
 */
export async function startPrism(): Promise<Prism> {
	const cleanUps = createCleanUps();
	const command = require.resolve('@stoplight/prism-cli/dist/index.js');
	const startOne = async ([begins, name]: (typeof DOCUMENTS)[number], port: number) => {
		const server = await startReadyProcess(
			process.execPath,
			[command, 'mock', '--port', String(port), documentFile(name)],
			{
				name: `Prism with ${name}`,
				cwd: process.cwd(),
				env: { ...systemEnvironment(), FORCE_COLOR: '0' },
				isReady: (text) => text.includes('Prism is listening'),
			},
		);
		cleanUps.add(server.kill);
		return [begins, `http://127.0.0.1:${port}${begins}`] as const;
	};
	try {
		// All ports first, so that no two are the same.
		const ports = await Promise.all(DOCUMENTS.map(() => freePort()));
		const routes = [];
		// Each reads a large document, for which a machine with other work takes long.
		for (const [index, document] of DOCUMENTS.entries()) {
			routes.push(await startOne(document, ports[index]));
		}
		const proxy = await startReverseProxy(Object.fromEntries(routes));
		cleanUps.add(proxy.close);
		return { url: proxy.url, close: cleanUps.run };
	} catch (error) {
		await cleanUps.run();
		throw error;
	}
}
