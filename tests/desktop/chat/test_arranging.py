"""Where windows go, on any screens: tiles fill the screen in reading order, and nothing leaves it."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.arranging import (
    Rect,
    Size,
    beside,
    busiest,
    cascaded,
    most_free,
    pair,
    screen_of,
    tiled,
)

LEAST = Size(384, 312)
NORMAL = Size(600, 640)
LEFT, RIGHT, ABOVE = Rect(0, 27, 1920, 1053), Rect(1920, 0, 1280, 1024), Rect(0, -1440, 2560, 1440)
SCREENS = st.builds(
    Rect, st.integers(-4000, 4000), st.integers(-4000, 4000), st.integers(640, 5000), st.integers(400, 3000)
)
PLACES = st.builds(
    Rect, st.integers(-9000, 9000), st.integers(-9000, 9000), st.integers(384, 4000), st.integers(312, 4000)
)


def is_inside(place: Rect, area: Rect) -> bool:
    return place.within(area) == place


class TestTiles:
    @given(st.integers(1, 12), SCREENS)
    def test_that_fit_fill_the_screen_in_reading_order_and_never_overlap(self, count: int, area: Rect) -> None:
        tiles = tiled(count, area, Size(1, 1))
        assert len(tiles) == count
        assert all(is_inside(tile, area) for tile in tiles)
        assert not any(one.shared(other) for one, other in itertools.combinations(tiles, 2))
        assert sum(tile.width * tile.height for tile in tiles) == area.width * area.height
        assert tiles == sorted(tiles, key=lambda tile: (tile.top, tile.left))

    @given(st.integers(0, 60), SCREENS)
    def test_have_the_least_size_and_stay_inside_however_many_they_are(self, count: int, area: Rect) -> None:
        tiles = tiled(count, area, LEAST)
        assert len(tiles) == count
        assert all(is_inside(tile, area) for tile in tiles)
        assert all(tile.width >= LEAST.width and tile.height >= LEAST.height for tile in tiles)
        assert len({(tile.left, tile.top) for tile in tiles}) == count

    @given(st.integers(1, 12), SCREENS)
    def test_do_not_overlap_where_there_is_a_grid_that_has_room(self, count: int, area: Rect) -> None:
        room = (area.width // LEAST.width) * (area.height // LEAST.height)
        tiles = tiled(count, area, LEAST)
        is_free = not any(one.shared(other) for one, other in itertools.combinations(tiles, 2))
        assert is_free == (count <= room)

    def test_four_of_them_are_quarters(self) -> None:
        assert tiled(4, Rect(0, 0, 1280, 800), LEAST) == [
            Rect(0, 0, 640, 400),
            Rect(640, 0, 640, 400),
            Rect(0, 400, 640, 400),
            Rect(640, 400, 640, 400),
        ]

    def test_three_of_them_leave_no_hole(self) -> None:
        assert tiled(3, Rect(0, 0, 1280, 800), LEAST)[2] == Rect(0, 400, 1280, 400)
        assert [tile.height for tile in tiled(3, LEFT, LEAST)] == [1053] * 3

    def test_on_a_screen_that_is_too_small_they_are_as_large_as_it_is(self) -> None:
        assert tiled(2, Rect(0, 0, 320, 240), LEAST) == [Rect(0, 0, 320, 240)] * 2


class TestCascade:
    @given(st.integers(0, 200), SCREENS)
    def test_stays_on_the_screen(self, number: int, area: Rect) -> None:
        assert is_inside(cascaded(number, area, NORMAL), area)

    def test_of_fifty_windows_has_fifty_places(self) -> None:
        for area in (Rect(0, 0, 1280, 800), LEFT, RIGHT):
            assert len({cascaded(number, area, NORMAL) for number in range(50)}) == 50

    def test_takes_the_first_place_that_is_free(self) -> None:
        places = [cascaded(number, LEFT, NORMAL) for number in range(4)]
        corners = [(place.left, place.top) for place in places]
        assert most_free(LEFT, NORMAL, [corners[0], *corners[2:]]) == places[1]
        assert most_free(LEFT, NORMAL, corners) == cascaded(4, LEFT, NORMAL)

    def test_begins_again_evenly_where_all_places_are_taken(self) -> None:
        area, corners = Rect(0, 0, 800, 800), list[tuple[int, int]]()
        for _ in range(50):
            corners.append(most_free(area, NORMAL, corners)[:2])
        assert {corners.count(corner) for corner in corners} == {4, 5}  # of 12 places
        assert all(one != other for one, other in itertools.pairwise(corners))


@given(SCREENS)
def test_a_pair_stands_side_by_side(area: Rect) -> None:
    left, right = pair(area, NORMAL)
    assert is_inside(left, area)
    assert is_inside(right, area)
    assert left.right < right.left
    assert left[1:][1:] == right[1:][1:]


@given(PLACES, SCREENS)
def test_a_duplicate_lies_beside_or_below_never_exactly_on_top(place: Rect, area: Rect) -> None:
    other = place.within(area)
    found = beside(other, area)
    assert is_inside(found, area)
    assert found != other or other == area


def test_a_duplicate_takes_the_right_then_the_left_then_a_step() -> None:
    area = Rect(0, 0, 1280, 800)
    assert beside(Rect(0, 50, 600, 640), area) == Rect(600, 50, 600, 640)
    assert beside(Rect(650, 50, 600, 640), area) == Rect(50, 50, 600, 640)
    assert beside(Rect(300, 50, 700, 640), area) == Rect(336, 86, 700, 640)


class TestScreens:
    @given(PLACES, st.lists(SCREENS, min_size=1, max_size=4))
    def test_whatever_screens_there_are_now_a_window_comes_back_onto_one(
        self, place: Rect, screens: list[Rect]
    ) -> None:
        home = screen_of(place, screens)
        back = place.within(home)
        assert is_inside(back, home)
        assert back == place or not is_inside(place, home)

    def test_a_window_of_a_removed_screen_comes_onto_the_first(self) -> None:
        there = Rect(2000, 100, 600, 640)
        assert screen_of(there, [LEFT, RIGHT]) == RIGHT
        assert there.within(screen_of(there, [LEFT])) == Rect(1320, 100, 600, 640)

    def test_the_busiest_screen_shows_most_windows(self) -> None:
        on_left, on_right, above = Rect(0, 27, 600, 640), Rect(1900, 0, 600, 640), Rect(5, -900, 600, 640)
        screens = [LEFT, RIGHT, ABOVE]
        assert busiest([on_left, on_right, on_right, above], screens) == RIGHT
        assert busiest([on_left, above], screens) == LEFT
        assert busiest([], screens) == LEFT
