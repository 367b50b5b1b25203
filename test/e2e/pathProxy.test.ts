import { askWorkflow } from '../support/n8n/askWorkflow';
import { importExamples } from '../support/n8n/importExamples';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import type { Credential } from '../support/n8n/n8nApi';
import { packPackage } from '../support/n8n/packPackage';
import type { PathTreatment } from '../support/n8n/pathProxy';
import { linkIn, pressButton } from '../support/answerPage';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

/** What becomes of links to waiting executions. */
const LINKS: Record<PathTreatment, string> = {
	keeps: 'goes on when somebody answers on the page under the path',
	strips: "has n8n refuse its own signed links, as the README's set-up avoids",
};

describe.each<PathTreatment>(['keeps', 'strips'])(
	'behind a proxy that %s the path',
	(pathProxy) => {
		let twilio: TwilioAccount;
		let n8n: Instance;
		let credential: Credential;

		beforeAll(async () => {
			twilio = await startTwilioAccount();
			n8n = await startInstance({ tarball: await packPackage(), pathProxy });
			credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
		}, 900_000);

		afterAll(async () => {
			await n8n?.dispose();
			await twilio?.simulator.close();
		});

		it('answers a text that comes in under the path', async () => {
			const { 'auto-answer': workflow } = await importExamples(n8n.api, credential);
			expect(await n8n.api.activate(workflow.id)).toMatchObject({ status: 'published' });
			expect(new URL(twilio.account.resources.number(OUR_NUMBER)!.sms_url).pathname).toMatch(
				/^\/n8n\/webhook/,
			);
			await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Hello' });
			await n8n.api.waitForExecutions(workflow.id, 1);
			expect(twilio.account.messages.at(-1)?.body).toBe(
				'Thank you for your text! You wrote: Hello',
			);
		});

		it(LINKS[pathProxy], async () => {
			const json = askWorkflow(credential, { to: PERSON, message: 'Shall we?' });
			const workflow = await n8n.api.createWorkflow(json);
			const id = await n8n.api.runWorkflow(workflow.id, 'Start');
			await n8n.api.waitForExecution(id, 'waiting');
			const link = linkIn(twilio.account.messages.at(-1)?.body);
			expect(new URL(link).pathname).toMatch(/^\/n8n\/webhook-waiting\//);
			if (pathProxy === 'strips') {
				// n8n compares the path it signed with the one that arrives, for its own nodes as well.
				expect((await fetch(link)).status).toBe(401);
				return;
			}
			expect(await pressButton(link, 'Approve')).toMatchObject({ status: 200 });
			const { outputs } = await n8n.api.waitForExecution(id, 'success');
			expect(outputs.Ask[0]).toMatchObject([{ json: { data: { approved: true } } }]);
		});

		if (pathProxy === 'keeps') {
			it('goes on when somebody answers by text', async () => {
				const asking = { to: PERSON, message: 'Shall we?', options: { textReply: true } };
				const workflow = await n8n.api.createWorkflow(askWorkflow(credential, asking));
				const id = await n8n.api.runWorkflow(workflow.id, 'Start');
				const { error } = await n8n.api.waitForExecution(id);
				expect(error).toBeUndefined();
				await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Yes' });
				const { outputs } = await n8n.api.waitForExecution(id, 'success');
				expect(outputs.Ask[0]).toMatchObject([{ json: { data: { answeredBy: 'text' } } }]);
			});
		}
	},
);
