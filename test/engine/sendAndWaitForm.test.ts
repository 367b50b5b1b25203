import type { IDataObject } from 'n8n-workflow';
import { Asking, customForm, QUESTION } from '../support/engine/asking';

let asking: Asking;

beforeEach(async () => {
	asking = await Asking.start();
});

afterEach(async () => await asking.close());

const respondedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;

const freeText = { responseType: 'freeText' };

describe('a free text', () => {
	it('goes on without the space around it', async () => {
		await asking.ask(freeText);
		await asking.post({ 'field-0': '  At 7,\nplease \u{1f44d}\n' });
		expect(asking.answer).toEqual([{ data: { text: 'At 7,\nplease \u{1f44d}', respondedAt } }]);
	});

	it.each<[string, Record<string, string | string[]>]>([
		['nothing', {}],
		['nothing but space', { 'field-0': ' \n ' }],
		['something under another name', { text: 'Hi' }],
	])('is asked for again after %s, with what is wrong', async (_, values) => {
		await asking.ask(freeText);
		const page = await asking.post(values);
		expect(page.status).toBe(400);
		expect(await page.text()).toContain('<p class="problem" role="alert">Please fill this in.</p>');
		expect(asking.answer).toBeUndefined();
	});

	it('has a title, a description and a button of its own if they are given', async () => {
		await asking.ask({
			...freeText,
			options: {
				responseFormTitle: 'Title <1>',
				responseFormDescription: 'Description & more',
				responseFormButtonLabel: 'Send "it"',
			},
		});
		const page = await (await asking.open()).text();
		expect(page).toContain('<title>Title &lt;1&gt;</title>');
		expect(page).toContain('<h1 dir="auto">Title &lt;1&gt;</h1>');
		expect(page).toContain('Description &amp; more');
		expect(page).toContain('Send &quot;it&quot;</button>');
		expect(page).not.toContain('Refund');
		expect(String(asking.messages[0].body)).toContain(QUESTION);
	});
});

describe('a form', () => {
	const fields: IDataObject[] = [
		{ fieldLabel: 'Name', requiredField: true, placeholder: 'First and last' },
		{ fieldLabel: 'Notes', fieldType: 'textarea' },
		{ fieldLabel: 'Guests', fieldType: 'number', defaultValue: '2' },
		{ fieldLabel: 'Day', fieldType: 'date' },
		{ fieldLabel: 'Email', fieldType: 'email', fieldName: 'address' },
		{
			fieldLabel: 'Table',
			fieldType: 'dropdown',
			fieldOptions: { values: [{ option: 'Inside' }, { option: 'Out "side"' }] },
		},
		{
			fieldLabel: 'Seat',
			fieldType: 'radio',
			fieldOptions: { values: [{ option: 'Chair' }, { option: 'Sofa' }] },
		},
		{
			fieldLabel: 'Extras',
			fieldType: 'checkbox',
			fieldOptions: { values: [{ option: 'Cake' }, { option: 'Candles & co' }, { option: 'Dog' }] },
		},
	];
	const filledIn = {
		'field-0': ' Anna ',
		'field-1': 'By the window',
		'field-2': '4.5',
		'field-3': '2026-12-31',
		'field-4': 'anna@example.com',
		'field-5': 'Out "side"',
		'field-6': 'Sofa',
		'field-7': ['Cake', 'Candles & co'],
	};

	it('goes on with what was filled in, in the kinds of its fields', async () => {
		await asking.ask(customForm(...fields));
		expect((await asking.post(filledIn)).status).toBe(200);
		expect(asking.answer).toEqual([
			{
				data: {
					Name: 'Anna',
					Notes: 'By the window',
					Guests: 4.5,
					Day: '2026-12-31',
					address: 'anna@example.com',
					Table: 'Out "side"',
					Seat: 'Sofa',
					Extras: ['Cake', 'Candles & co'],
					respondedAt,
				},
			},
		]);
	});

	it('can be sent with nothing but what is required', async () => {
		await asking.ask(customForm(...fields));
		await asking.post({ 'field-0': 'Anna' });
		const empty = { Notes: '', Guests: null, Day: '', address: '', Table: '', Seat: '' };
		expect(asking.answer).toEqual([{ data: { Name: 'Anna', ...empty, Extras: [], respondedAt } }]);
	});

	it.each<[string, string, string | string[], string]>([
		['nothing in a required field', 'field-0', ' ', 'Please fill this in.'],
		['a number in words', 'field-2', 'four', 'Please enter a number.'],
		['a date in words', 'field-3', 'tomorrow', 'Please enter a date.'],
		['a day that there is not', 'field-3', '2026-02-30', 'Please enter a date.'],
		['an address without an at', 'field-4', 'anna', 'Please enter an email address.'],
		['a table not offered', 'field-5', 'Roof', 'Please choose from the list.'],
		['a seat not offered', 'field-6', 'constructor', 'Please choose from the list.'],
		['an extra not offered', 'field-7', ['Cake', 'Cat'], 'Please choose from the list.'],
		['two answers for one', 'field-6', ['Sofa', 'Chair'], 'Please give one answer only.'],
	])('is asked for again after %s, with the rest kept', async (_, name, value, problem) => {
		await asking.ask(customForm(...fields));
		const page = await asking.post({ ...filledIn, [name]: value });
		expect(page.status).toBe(400);
		const html = await page.text();
		expect(html.match(/role="alert"/g)).toHaveLength(1);
		expect(html).toContain(problem);
		expect(html).toContain('By the window');
		expect(asking.answer).toBeUndefined();
	});

	it('shows a checkbox, a radio button and a choice as they were entered', async () => {
		await asking.ask(customForm(...fields));
		const html = await (await asking.post({ ...filledIn, 'field-0': '' })).text();
		expect(html).toContain('value="Candles &amp; co" checked');
		expect(html).toContain('value="Sofa" checked');
		expect(html).toContain('value="Out &quot;side&quot;" selected');
		expect(html).not.toContain('value="Chair" checked');
	});

	it('can be written in JSON, which an expression may give', async () => {
		const jsonOutput = '={{ $json.fields }}';
		await asking.ask(
			{ responseType: 'customForm', defineForm: 'json', jsonOutput },
			{
				items: [{ fields: [{ fieldLabel: 'Name' }] }],
			},
		);
		await asking.post({ 'field-0': 'Anna' });
		expect(asking.answer).toEqual([{ data: { Name: 'Anna', respondedAt } }]);
	});

	it.each<[string, IDataObject, string]>([
		['without fields', { formFields: {} }, 'The form has no fields'],
		[
			'with a field without a label',
			customForm({ fieldLabel: ' ' }),
			'Field 1 of the form has no label',
		],
		[
			'with a field of no kind',
			customForm({ fieldLabel: 'A' }, { fieldLabel: 'B', fieldType: 'password' }),
			'Field 2 of the form is of the type "password" and must be one of checkbox, dropdown',
		],
		[
			'with nothing to choose from',
			customForm({
				fieldLabel: 'A',
				fieldType: 'radio',
				fieldOptions: { values: [{ option: ' ' }] },
			}),
			'Field 1 of the form has nothing to choose from',
		],
		[
			'with two fields of one name',
			customForm({ fieldLabel: 'A' }, { fieldLabel: 'B', fieldName: 'A' }),
			'Two fields of the form have the name "A"',
		],
		[
			'with a field whose answer would be lost to the time of it',
			customForm({ fieldLabel: 'When', fieldName: 'respondedAt' }),
			'Field 1 of the form has the name that the time of the answer has',
		],
		[
			'in JSON that is none',
			{ defineForm: 'json', jsonOutput: '[{' },
			'"Form Fields" is not a JSON list of fields',
		],
		[
			'in JSON that is no list',
			{ defineForm: 'json', jsonOutput: '{"fieldLabel":"A"}' },
			'"Form Fields" is not a JSON list of fields',
		],
	])('%s is refused before anything is sent', async (_, parameters, message) => {
		const { error, waitTill } = await asking.ask({ ...parameters, responseType: 'customForm' });
		expect(error?.message.slice(0, message.length)).toBe(message);
		expect(error?.description).toMatch(/^Nothing was sent\./);
		expect(waitTill).toBeUndefined();
		expect(asking.forms).toEqual([]);
	});
});

describe('files', () => {
	const file = (name: string, content: string, type = 'text/plain') =>
		new File([content], name, { type });

	const upload = async (...files: Array<[field: string, file: File]>) => {
		const form = new FormData();
		for (const [field, one] of files) form.append(field, one);
		return await asking.open({ method: 'POST', body: form });
	};

	const contents = () =>
		Object.entries(asking.engine.answer?.[0].binary ?? {}).map(
			([name, { fileName, mimeType, data }]) => [
				name,
				fileName,
				mimeType,
				Buffer.from(data, 'base64').toString(),
			],
		);

	it('come with the item, and the answer describes them', async () => {
		await asking.ask(customForm({ fieldLabel: 'Your ID', fieldType: 'file', requiredField: true }));
		await upload(['field-0', file('a.txt', 'One')], ['field-0', file('b.txt', 'Three')]);
		const described = { mimetype: 'text/plain' };
		expect(asking.answer).toEqual([
			{
				data: {
					'Your ID': [
						{ ...described, filename: 'a.txt', size: 3 },
						{ ...described, filename: 'b.txt', size: 5 },
					],
					respondedAt,
				},
			},
		]);
		expect(contents()).toEqual([
			['Your_ID_0', 'a.txt', 'text/plain', 'One'],
			['Your_ID_1', 'b.txt', 'text/plain', 'Three'],
		]);
	});

	it('may be limited to one', async () => {
		const one = { fieldLabel: 'Bill', fieldType: 'file', multipleFiles: false };
		await asking.ask(customForm(one));
		const refused = await upload(['field-0', file('a.txt', '1')], ['field-0', file('b.txt', '2')]);
		expect(refused.status).toBe(400);
		expect(await refused.text()).toContain('Please give one answer only.');
		await upload(['field-0', file('a.txt', 'One')]);
		expect(asking.answer).toEqual([
			{ data: { Bill: { filename: 'a.txt', mimetype: 'text/plain', size: 3 }, respondedAt } },
		]);
		expect(contents()).toEqual([['Bill', 'a.txt', 'text/plain', 'One']]);
	});

	it('of several fields are all kept, however alike the names of the fields are', async () => {
		const single = { fieldType: 'file', multipleFiles: false };
		await asking.ask(
			customForm(
				{ ...single, fieldLabel: '\u8eab\u5206' },
				{ ...single, fieldLabel: '\u7167\u7247' },
				{ ...single, fieldLabel: 'a_0' },
				{ fieldType: 'file', fieldLabel: 'a' },
			),
		);
		await upload(
			['field-0', file('id.txt', 'ID')],
			['field-1', file('photo.txt', 'Photo')],
			['field-2', file('a_0.txt', 'A0')],
			['field-3', file('a.txt', 'A')],
		);
		expect(contents().map(([, name]) => name)).toEqual(['id.txt', 'photo.txt', 'a_0.txt', 'a.txt']);
	});

	// As browsers post a field without a file; `fetch` leaves the name out.
	const NO_FILE = {
		method: 'POST',
		headers: { 'content-type': 'multipart/form-data; boundary=x' },
		body: [
			'--x',
			'Content-Disposition: form-data; name="field-0"; filename=""',
			'Content-Type: application/octet-stream',
			'',
			'',
			'--x--',
			'',
		].join('\r\n'),
	};

	it.each([
		[true, 400, undefined],
		[false, 200, [{ data: { Bill: [], respondedAt } }]],
	])('need not be there unless required: %j', async (requiredField, status, expected) => {
		await asking.ask(customForm({ fieldLabel: 'Bill', fieldType: 'file', requiredField }));
		expect((await asking.open(NO_FILE)).status).toBe(status);
		expect(asking.answer).toEqual(expected);
		expect(asking.engine.answer?.[0].binary).toBeUndefined();
	});

	it('are those that were sent, and none that lie beside n8n', async () => {
		await asking.ask(customForm({ fieldLabel: 'Bill', fieldType: 'file' }));
		const filepath = __filename;
		const body = { data: {}, files: { 'field-0': { filepath, newFilename: 'x', size: 1 } } };
		await asking.open({
			method: 'POST',
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/json' },
		});
		expect(asking.engine.answer?.[0].binary).toBeUndefined();
		expect(asking.answer).toEqual([{ data: { Bill: [], respondedAt } }]);
	});
});
