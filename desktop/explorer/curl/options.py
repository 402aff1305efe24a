"""The options of curl (up to version 8.16): their names, which take a value, and which matter to a request."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SWITCHES = _words(
    """
    alpn anyauth append basic buffer ca-native cert-status clobber compressed compressed-ssh create-dirs crlf
    digest disable disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure fail fail-early
    fail-with-body false-start follow form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc
    ftp-ssl-control get globoff haproxy-protocol head http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3
    http3-only ignore-content-length include insecure ipv4 ipv6 junk-session-cookies keepalive list-only location
    location-trusted mail-rcpt-allowfails manual metalink mptcp negotiate netrc netrc-optional next npn ntlm
    ntlm-wb out-null parallel parallel-immediate path-as-is post301 post302 post303 progress-bar progress-meter
    proxy-anyauth proxy-basic proxy-ca-native proxy-digest proxy-http2 proxy-insecure proxy-negotiate proxy-ntlm
    proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name remote-name
    remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused sasl-ir sessionid show-error
    silent skip-existing socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert
    ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 sslv3 styled-output suppress-connect-headers tcp-fastopen
    tcp-nodelay tftp-no-options tls-earlydata tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids
    trace-time use-ascii verbose version xattr
    """
)

_WITH_VALUE = _words(
    """
    abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
    continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw
    data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-ca-embed
    dump-header ech egd-file engine etag-compare etag-save expect100-timeout form form-string ftp-account
    ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header
    help hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway json keepalive-cnt keepalive-time key
    key-type knownhosts krb libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize
    max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max parallel-max-host pass
    pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert
    proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass
    proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser
    proxy-user proxy1.0 pubkey quote random-file range rate referer request request-target resolve retry
    retry-delay retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5 socks5-gssapi-service
    socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers
    tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file upload-flags url
    url-query user user-agent variable vlan-priority write-out
    """
)

_LETTERS = _words(
    """
    a=append q=disable f=fail G=get g=globoff I=head 0=http1.0 i=include k=insecure 4=ipv4 6=ipv6
    j=junk-session-cookies l=list-only L=location M=manual n=netrc :=next N=buffer Z=parallel #=progress-bar
    p=proxytunnel J=remote-header-name O=remote-name R=remote-time S=show-error s=silent 2=sslv2 3=sslv3 1=tlsv1
    B=use-ascii v=verbose V=version E=cert K=config C=continue-at b=cookie c=cookie-jar d=data D=dump-header
    F=form P=ftp-port H=header h=help m=max-time o=output x=proxy U=proxy-user Q=quote r=range e=referer X=request
    Y=speed-limit y=speed-time t=telnet-option z=time-cond T=upload-file u=user A=user-agent w=write-out
    """
)
_SHORT = dict(one.split("=") for one in _LETTERS)

_CARRIED_OVER = _words(
    """
    anyauth basic cacert cert cert-type connect-timeout continue-at cookie data data-ascii data-binary data-raw
    data-urlencode digest follow form form-escape form-string get globoff head header insecure json key key-type
    location location-trusted max-redirs max-time next noproxy oauth2-bearer path-as-is post301 post302 post303
    proxy proxy-user range referer request request-target time-cond upload-file url url-query user user-agent
    """
)

_WITHOUT_MEANING_HERE = _words(
    """
    alpn append buffer ca-native clobber compressed cookie-jar create-dirs create-file-mode disable
    disallow-username-in-url dump-header egd-file etag-save expect100-timeout fail fail-early fail-with-body
    false-start ftp-pasv happy-eyeballs-timeout-ms http1.1 include junk-session-cookies keepalive keepalive-cnt
    keepalive-time libcurl list-only manual max-filesize npn out-null output output-dir parallel
    parallel-immediate parallel-max parallel-max-host progress-bar progress-meter proxy-basic random-file rate
    remote-header-name remote-name remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused
    retry-delay retry-max-time sessionid show-error silent skip-existing speed-limit speed-time ssl
    ssl-allow-beast ssl-no-revoke ssl-reqd ssl-revoke-best-effort stderr styled-output suppress-connect-headers
    tcp-fastopen tcp-nodelay trace trace-ascii trace-config trace-ids trace-time use-ascii verbose version
    write-out xattr
    """
)
"""They concern what curl prints and writes, other protocols, or what is done here anyhow."""

_OFF_BY_SHORT = frozenset("N")
_TURNED_OFF = "no-"
_ALL = tuple(sorted(_SWITCHES | _WITH_VALUE))


def long_name(word: str) -> str | None:
    """The option that a word without its dashes names, in full or by a beginning that only it has."""
    if word in _SWITCHES or word in _WITH_VALUE:
        return word
    found = [name for name in _ALL if word and name.startswith(word)]
    return found[0] if len(found) == 1 else None


def switch_named(word: str) -> tuple[str, bool] | None:
    """The switch that ``no-x`` turns off."""
    name = long_name(word.removeprefix(_TURNED_OFF)) if word.startswith(_TURNED_OFF) else None
    return (name, False) if name in _SWITCHES and name is not None else None


def short_name(letter: str) -> tuple[str, bool] | None:
    """The option of a letter, and whether the letter turns it on."""
    name = _SHORT.get(letter)
    return (name, letter not in _OFF_BY_SHORT) if name is not None else None


def takes_value(name: str) -> bool:
    """Whether the word behind an option belongs to it."""
    return name in _WITH_VALUE


def is_carried_over(name: str) -> bool:
    """Whether a request has a place for an option."""
    return name in _CARRIED_OVER


def is_without_meaning(name: str) -> bool:
    """Whether an option can be left out unsaid."""
    return name in _WITHOUT_MEANING_HERE
