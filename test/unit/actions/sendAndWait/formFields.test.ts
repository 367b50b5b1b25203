import type { IDataObject } from 'n8n-workflow';

import { formDefinitionFields } from '../../../../nodes/TwilioSms/actions/sendAndWait/formDefinition';
import { parametersFrom } from '../../../support/parameters';
import { toFormFields } from '../../../../nodes/TwilioSms/actions/sendAndWait/formFields';

const fromFields = (...values: unknown[]) =>
	toFormFields(parametersFrom({ 'formFields.values': values as IDataObject[] }));

const fromJson = (jsonOutput: unknown) =>
	toFormFields(parametersFrom({ defineForm: 'json', jsonOutput }));

const options = (...values: unknown[]) => ({ values: values.map((option) => ({ option })) });

const PLAIN = {
	key: 'Name',
	label: 'Name',
	kind: 'text',
	isRequired: false,
	placeholder: '',
	preset: '',
	choices: [],
	isMultiple: true,
	accept: '',
};

describe('a field', () => {
	it('needs nothing but a label', () => {
		expect(fromFields({ fieldLabel: ' Name ' })).toEqual([PLAIN]);
	});

	it('has all that was said about it', () => {
		const field = {
			fieldLabel: 'Bill',
			fieldName: 'bill',
			fieldType: 'file',
			requiredField: true,
			multipleFiles: false,
			acceptFileTypes: '.pdf, .png',
		};
		expect(fromFields(field)).toEqual([
			{
				...PLAIN,
				key: 'bill',
				label: 'Bill',
				kind: 'file',
				isRequired: true,
				isMultiple: false,
				accept: '.pdf, .png',
			},
		]);
	});

	it.each(['text', 'textarea', 'number', 'email', 'date'])('can be a %s', (fieldType) => {
		const more = { placeholder: 'Enter it', defaultValue: 7 };
		expect(fromFields({ fieldLabel: 'Name', fieldType, ...more })).toEqual([
			{ ...PLAIN, kind: fieldType, placeholder: 'Enter it', preset: '7' },
		]);
	});

	it.each(['checkbox', 'dropdown', 'radio'])('has choices if it is a %s', (fieldType) => {
		const fieldOptions = options(' One ', '', 2, null);
		expect(fromFields({ fieldLabel: 'Name', fieldType, fieldOptions })).toEqual([
			{ ...PLAIN, kind: fieldType, choices: ['One', '2'] },
		]);
	});

	it('has no choices if there is nothing to choose, whatever was left over', () => {
		const fieldOptions = options('One');
		expect(fromFields({ fieldLabel: 'Name', fieldType: 'text', fieldOptions })).toEqual([PLAIN]);
	});
});

describe('JSON', () => {
	it.each([
		['as text', '[{"fieldLabel":"Name"}]'],
		['as a list that an expression gave', [{ fieldLabel: 'Name' }]],
	])('says the same, %s', (_, json) => expect(fromJson(json)).toEqual([PLAIN]));

	it.each([undefined, '', 'x', '[{', '{}', '7', 'null', '["a"]', '[null]', 7, {}, [1]])(
		'that is no list of fields is refused: %j',
		(json) => expect(() => fromJson(json)).toThrow('"Form Fields" is not a JSON list of fields'),
	);

	it('that the editor proposes is right', () => {
		const proposed = formDefinitionFields.find(({ name }) => name === 'jsonOutput')!.default;
		expect(fromJson(proposed)).toMatchObject([{ label: 'Name' }, { choices: ['Small', 'Large'] }]);
	});
});

describe('a form is refused', () => {
	it.each<[string, unknown[], string]>([
		['without fields', [], 'The form has no fields'],
		['with a field without a label', [{ fieldLabel: 'A' }, {}], 'Field 2 of the form has no label'],
		[
			'with a field of an unknown kind',
			[{ fieldLabel: 'A', fieldType: 'html' }],
			'Field 1 of the form is of the type "html" and must be one of checkbox, dropdown, radio, date, email, file, number, text, textarea',
		],
		[
			'with a kind that every object has',
			[{ fieldLabel: 'A', fieldType: 'constructor' }],
			'Field 1 of the form is of the type "constructor"',
		],
		[
			'with nothing to choose from',
			[{ fieldLabel: 'A', fieldType: 'dropdown' }],
			'Field 1 of the form has nothing to choose from',
		],
		[
			'with choices that are none',
			[{ fieldLabel: 'A', fieldType: 'dropdown', fieldOptions: { values: 'x' } }],
			'Field 1 of the form has nothing to choose from',
		],
		[
			'with two fields of one name',
			[{ fieldLabel: 'A' }, { fieldLabel: 'B' }, { fieldLabel: 'C', fieldName: 'A' }],
			'Two fields of the form have the name "A"',
		],
	])('%s', (_, fields, message) => {
		expect(() => fromFields(...fields)).toThrow(message);
		if (fields.length > 0) expect(() => fromJson(fields)).toThrow(message);
	});
});

it.each(['Pick up\r\nat the shop', 'Pick up\rat the shop', 'Pick up\nat the shop'])(
	'a choice with a line break is the one that a browser posts: %j',
	(option) => {
		const [{ choices }] = fromFields({
			fieldLabel: 'How',
			fieldType: 'radio',
			fieldOptions: options(option),
		});
		expect(choices).toEqual(['Pick up\nat the shop']);
	},
);
