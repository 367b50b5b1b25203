import { installN8n } from './support/n8n/installN8n';

installN8n({ log: (line) => console.log(line) }).catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
