import Markdown, { type Components, type Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import styles from './markdown.module.css';

const PLUGINS = [remarkGfm];

const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  // people write what they know, not what is loaded from elsewhere
  img: ({ alt }) => <span className="muted">[{alt === undefined || alt === '' ? 'picture' : alt}]</span>,
  // a step is ticked on the page of an exception, not here
  input: ({ checked }) => <span aria-hidden="true">{checked === true ? '☑' : '☐'} </span>,
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
};

/** Text that people wrote in Markdown. HTML in it is shown as it was written and never becomes part of the page. */
export function MarkdownText(props: {
  children: string;
  components?: Components;
  rehypePlugins?: Options['rehypePlugins'];
}) {
  const { children, components, rehypePlugins } = props;
  return (
    <div className={styles['text']}>
      <Markdown
        remarkPlugins={PLUGINS}
        rehypePlugins={rehypePlugins ?? null}
        components={{ ...COMPONENTS, ...components }}
      >
        {children}
      </Markdown>
    </div>
  );
}
