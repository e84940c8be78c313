import time_machine
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from in4green.common.network import client_ip, network_key, network_of

PROXIES = ["10.0.0.0/8", "fd00::/8"]


def request(remote, forwarded=None):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)


def test_without_proxies_the_header_is_not_believed(settings):
    settings.TRUSTED_PROXIES = []
    assert client_ip(request("192.0.2.7", "198.51.100.1")) == "192.0.2.7"


def test_a_stranger_can_not_forge_the_address_past_the_proxy(settings):
    settings.TRUSTED_PROXIES = PROXIES
    forged = "1.1.1.1, 2.2.2.2, 198.51.100.1"
    assert client_ip(request("10.0.0.5", forged)) == "198.51.100.1"


def test_a_stranger_who_reaches_us_directly_is_not_a_proxy(settings):
    settings.TRUSTED_PROXIES = PROXIES
    assert client_ip(request("192.0.2.7", "198.51.100.1")) == "192.0.2.7"


def test_several_proxies_in_a_row_are_passed(settings):
    settings.TRUSTED_PROXIES = PROXIES
    assert client_ip(request("10.0.0.5", "198.51.100.1, fd00::1, 10.2.3.4")) == "198.51.100.1"


def test_an_unreadable_hop_ends_the_belief(settings):
    settings.TRUSTED_PROXIES = PROXIES
    assert client_ip(request("10.0.0.5", "198.51.100.1, <script>")) == "10.0.0.5"


def test_a_proxy_that_forwards_nobody_is_itself_the_client(settings):
    settings.TRUSTED_PROXIES = PROXIES
    assert client_ip(request("10.0.0.5")) == "10.0.0.5"


def test_an_ipv4_address_written_as_ipv6_is_the_same_client(settings):
    settings.TRUSTED_PROXIES = PROXIES
    assert client_ip(request("::ffff:10.0.0.5", "::ffff:198.51.100.1")) == "198.51.100.1"


def test_a_socket_without_an_address_is_nobody(settings):
    settings.TRUSTED_PROXIES = PROXIES
    assert client_ip(request("", "198.51.100.1")) == ""


@given(st.text(max_size=60))
def test_no_header_breaks_it(text):
    assert client_ip(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=text))


def test_networks_are_cut_to_24_and_48():
    assert network_of("198.51.100.77") == "198.51.100.0/24"
    assert network_of("2001:db8:1:2::77") == "2001:db8:1::/48"
    assert network_of("nonsense") == ""


def test_neighbours_share_a_key_and_strangers_do_not():
    first, neighbour = request("198.51.100.7"), request("198.51.100.200")
    stranger = request("198.51.101.7")
    assert network_key(first) == network_key(neighbour) != network_key(stranger)
    assert len(network_key(first)) == 32


def test_the_key_of_a_network_changes_every_day_and_with_the_secret(settings):
    with time_machine.travel("2026-11-22 12:00Z", tick=False):
        today = network_key(request("198.51.100.7"))
    with time_machine.travel("2026-11-23 12:00Z", tick=False):
        tomorrow = network_key(request("198.51.100.7"))
    settings.SECRET_KEY = "another"
    with time_machine.travel("2026-11-22 12:00Z", tick=False):
        elsewhere = network_key(request("198.51.100.7"))
    assert len({today, tomorrow, elsewhere}) == 3
