/** Functions by which tests and what goes on before and after them are told to a runner, in JavaScript and Ruby. */
const runners: ReadonlySet<string> = new Set(['describe', 'fdescribe', 'xdescribe', 'suite', 'it', 'fit', 'xit', 'specify', 'test', 'beforeEach', 'beforeAll', 'afterEach', 'afterAll', 'xcontext', 'shared_examples', 'shared_context']);

/** Whether what is given to such a function is a test: `it('…', () => …)`, `test.afterEach(…)`, `RSpec.describe User do`. */
export function isTestRunner(callee: string): boolean {
  const [first = '', second] = callee.split('.');
  return second === undefined ? runners.has(first) : ((first === 'test' || first === 'RSpec' || first === 'QUnit' || first === 'Cypress') && runners.has(second)) || /^(?:it|test|describe)$/.test(first);
}

/** Classes, modules and functions that hold tests, or set up and clear away for them, by the conventions of their runners. */
const declarations = /^(?:setUp(?:_?[cC]lass)?|tearDown(?:_?[cC]lass)?|(?:setup|teardown)_(?:class|module|method|function)|TearDown|test_\w+|Test[A-Z]\w*|\w*(?:Tests?|TestCase|Spec|TestSuite|_tests?)|tests)$/;

/** What is brought in by tests alone: their runners, and stand-ins for what they would touch. */
const libraries = new RegExp(
  `^(?:${[
    'vitest|@jest/|jest\\b|mocha$|ava$|tap$|node:test|bun:test|@playwright/test|cypress|supertest|sinon|aws-sdk-client-mock|aws-sdk-mock|nock$|msw$|msw/|proxyquire|testdouble|ts-mockito|jest-mock|vitest-mock|@nestjs/testing|@testing-library/',
    'pytest|unittest|moto\\b|botocore\\.stub|mock$|mock\\.|nose|hypothesis|responses$|respx$|requests_mock|django\\.test|rest_framework\\.test|fastapi\\.testclient|starlette\\.testclient|flask\\.testing',
    'testing$|github\\.com/stretchr/testify|github\\.com/onsi/|github\\.com/golang/mock|go\\.uber\\.org/mock|github\\.com/DATA-DOG/|k8s\\.io/client-go/kubernetes/fake|sigs\\.k8s\\.io/controller-runtime/pkg/client/fake',
    'org\\.junit|org\\.testng|org\\.mockito|io\\.mockk|io\\.kotest|kotlin\\.test|org\\.spockframework|org\\.assertj|com\\.github\\.tomakehurst',
    'Xunit|NUnit|Microsoft\\.VisualStudio\\.TestTools|Moq|NSubstitute|FakeItEasy|WireMock|FluentAssertions',
    'PHPUnit|Mockery|Pest\\b|rspec|minitest|test/unit|webmock|mockall|rstest|wiremock|tempfile_test',
  ].join('|')})`,
);

/** Whether a file, or the declarations around a place in it, are of a test. */
export function isOfTests(address: readonly string[], modules: readonly string[]): boolean {
  return address.some((name) => declarations.test(name)) || modules.some((module) => libraries.test(module));
}
