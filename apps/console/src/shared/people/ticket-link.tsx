type Ticket = { system: string; number: string; url: string | null; host: string | null };

/** A ticket in another system: where the link leads stands beside it, and the page that it opens learns nothing of this one. */
export function TicketLink({ ticket: { system, number, url, host } }: { ticket: Ticket }) {
  const name = `${system} ${number}`;
  if (url === null) return <span>{name}</span>;
  return (
    <span>
      <a href={url} target="_blank" rel="noopener noreferrer">
        {name}
      </a>{' '}
      <span className="muted">({host})</span>
    </span>
  );
}
