"""Which proxy a request goes through, if any."""

from dataclasses import dataclass

from yarl import URL

from desktop.explorer.model.options import Options
from desktop.explorer.model.url import Target
from desktop.explorer.sending.fault import Fault
from desktop.widgets.proxies import ProxyAddress, is_loopback, parse_proxy, system_proxy
from desktop.widgets.proxy_choice import NO_PROXY, SYSTEM_PROXY


@dataclass(frozen=True, slots=True)
class Proxy:
    """``url`` is that of ``address`` without its credentials."""

    url: URL
    address: ProxyAddress

    @property
    def place(self) -> str:
        """Host and port as a sentence names them."""
        return self.address.place

    @property
    def authorization(self) -> str:
        """The value of Proxy-Authorization (RFC 9110, section 11.7.2); empty where there is none."""
        return self.address.authorization

    @property
    def headers(self) -> dict[str, str]:
        """What it wants to be asked with."""
        return {"Proxy-Authorization": self.authorization} if self.authorization else {}


def asks_system(options: Options, target: Target) -> bool:
    """Whether ``proxy_for`` has to ask the operating system, which may take a while."""
    return options.proxy == SYSTEM_PROXY and not is_loopback(target.host)


def proxy_for(options: Options, target: Target) -> Proxy | None:
    """The proxy for a request; the system's one never for this computer. Raises Fault."""
    wish = options.proxy.strip()
    try:
        if wish == SYSTEM_PROXY:
            found = (
                system_proxy((target.scheme, "all"), target.host, target.port) if asks_system(options, target) else None
            )
        else:
            found = None if wish in ("", NO_PROXY) else parse_proxy(wish)
    except ValueError as error:
        raise Fault(str(error)) from error
    return None if found is None else _proxy(found)


def _proxy(address: ProxyAddress) -> Proxy:
    try:
        return Proxy(URL.build(scheme=address.scheme, host=address.host, port=address.port), address)
    except ValueError:
        raise Fault(f"The proxy “{address.place}” has no valid host name.") from None
