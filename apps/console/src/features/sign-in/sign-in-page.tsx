import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useMutation } from 'urql';
import { graphql } from '../../gql/index.js';
import { initials, joinRoles } from '../../shared/format/words.js';
import { describeFailure } from '../../shared/graphql/failure.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { Icon, ProductSign } from '../../shared/icons/icon.js';
import { StatusShape } from '../../shared/status/status.js';
import styles from './sign-in-page.module.css';

const SignInDocument = graphql(`
  mutation SignIn($email: String!, $password: String!) {
    signIn(email: $email, password: $password) {
      __typename
      ... on SignInFailure {
        code
        message
      }
    }
  }
`);

const DemoSignInDocument = graphql(`
  query DemoSignIn {
    demoSignIn {
      password
      people {
        displayName
        email
        roles
      }
    }
  }
`);

/** Sign-in; in demo mode the people stand beside it, each one click away. */
export function SignInPage({ onSignedIn }: { onSignedIn: () => void }) {
  const [{ fetching }, signIn] = useMutation(SignInDocument);
  const demo = useLoad(DemoSignInDocument, {}).data?.demoSignIn;
  const [problem, setProblem] = useState<string>();

  const attempt = async (email: string, password: string) => {
    setProblem(undefined);
    const result = await signIn({ email, password });
    const answer = result.data?.signIn;
    if (answer?.__typename === 'SignInSuccess') onSignedIn();
    else if (answer?.__typename === 'SignInFailure') setProblem(answer.message);
    else if (result.error) setProblem(describeFailure(result.error).message);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void attempt(String(form.get('email') ?? ''), String(form.get('password') ?? ''));
  };

  return (
    <main className={styles['page']}>
      <div className={styles['sheet']} data-demo={demo ? true : undefined}>
        <section className={styles['form']} aria-labelledby="sign-in">
          <div className={styles['brand']}>
            <ProductSign size={28} />
            <span>Throughline</span>
          </div>
          <h1 id="sign-in" className={styles['title']}>
            Sign in
          </h1>
          <p className="muted">Every transaction end to end: what is late, missing or wrong, put right and proven.</p>
          <form onSubmit={submit} className={styles['fields']}>
            <TextInput
              label="Email"
              name="email"
              type="email"
              size="sm"
              autoComplete="username"
              required
              withAsterisk={false}
              data-autofocus
            />
            <PasswordInput
              label="Password"
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
            />
            {problem && (
              <p role="alert" className={styles['problem']}>
                <StatusShape tone="critical" /> {problem}
              </p>
            )}
            <Button type="submit" size="sm" loading={fetching} fullWidth>
              Sign in
            </Button>
          </form>
        </section>
        {demo && (
          <section className={styles['people']} aria-labelledby="demo-people">
            <h2 id="demo-people" className={styles['subtitle']}>
              Demo: sign in as
            </h2>
            <ul>
              {demo.people.map((person) => (
                <li key={person.email}>
                  <button
                    type="button"
                    className={styles['person']}
                    disabled={fetching}
                    onClick={() => void attempt(person.email, demo.password)}
                  >
                    <span className={styles['initials']} aria-hidden="true">
                      {initials(person.displayName)}
                    </span>
                    <span className={styles['who']}>
                      <strong>{person.displayName}</strong>
                      <span className="muted">{joinRoles(person.roles)}</span>
                    </span>
                    <Icon name="arrowRight" />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </main>
  );
}
