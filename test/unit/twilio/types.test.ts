import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../../..');
const FIXTURE = join(ROOT, 'nodes/TwilioSms/twilio/fixture.ts');

const MISSPELT: Array<[what: string, code: string, error: RegExp]> = [
	['a field of a message', 'message.sidd', /Property 'sidd' does not exist/],
	['a field of a phone number', 'number.smsUrl', /Property 'smsUrl' does not exist/],
	['a field of a Messaging Service', 'service.inbound_url', /'inbound_url' does not exist/],
	['a field of a listed message', '(await first(messages)).sidd', /'sidd' does not exist/],
	["a message's parameter", "twilio.messages.create({ To: '', Bdoy: '' })", /'Bdoy'/],
	["a number's parameter", "twilio.phoneNumbers.update('', { SmsURL: '' })", /'SmsURL'/],
	['a filter', "twilio.messages.list({ 'DateSent>=': '' })", /'DateSent>='/],
	['a call', 'twilio.messages.crate', /Property 'crate' does not exist/],
];

const RIGHT = [
	'message.sid',
	'number.sms_url',
	'service.inbound_request_url',
	'(await first(messages)).sid',
	"twilio.messages.create({ To: '', Body: '' })",
	"twilio.phoneNumbers.update('', { SmsUrl: '' })",
	"twilio.messages.list({ 'DateSent>': '' })",
	'twilio.messages.create',
];

const HEAD = `
import type { TwilioClient } from './client';
import type { TwilioMessage, TwilioMessagingService, TwilioPhoneNumber } from './types';
declare const message: TwilioMessage, number: TwilioPhoneNumber, service: TwilioMessagingService;
declare const twilio: TwilioClient;
declare function first<T>(list: AsyncIterable<T>): Promise<T>;
const messages = twilio.messages.list({});
export const fixture = async () => [
`;

/** What the compiler says of each of these expressions, compiled beside Twilio's types. */
function errorsIn(expressions: string[]): string[] {
	const source = `${HEAD}${expressions.join(',\n')},\n];\n`;
	const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile) as {
		config: { compilerOptions: object };
	};
	const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
	const host = ts.createCompilerHost(options);
	const { getSourceFile } = host;
	host.getSourceFile = (name, ...rest) =>
		name === FIXTURE
			? ts.createSourceFile(name, source, ts.ScriptTarget.ES2021)
			: getSourceFile(name, ...rest);
	const program = ts.createProgram([FIXTURE], options, host);
	const file = program.getSourceFile(FIXTURE)!;
	const firstLine = HEAD.split('\n').length - 1;
	const errors = expressions.map(() => '');
	for (const { start = 0, messageText } of program.getSemanticDiagnostics(file)) {
		const { line } = file.getLineAndCharacterOfPosition(start);
		errors[line - firstLine] += ts.flattenDiagnosticMessageText(messageText, ' ');
	}
	return errors;
}

const errors = errorsIn([...MISSPELT.map(([, code]) => code), ...RIGHT]);

it.each(MISSPELT.map(([what, , error], index) => [what, error, errors[index]] as const))(
	'%s that is misspelt does not compile',
	(_, expected, error) => expect(error).toMatch(expected),
);

it('the same compiles when it is spelt right', () => {
	expect(errors.slice(MISSPELT.length)).toEqual(RIGHT.map(() => ''));
});
