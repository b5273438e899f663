"""Tests of app.py with the Go function as it is built: `go tool mage test`."""
import unittest

import app
import index

ORDERS = [{"item": "tea", "price": "1.10", "count": 3}, {"item": "cup", "price": "4.45", "count": 1}]


class HandleTest(unittest.TestCase):
    def test_selected_orders_are_added_up(self):
        event = {"query": "[?count > `1`]", "orders": ORDERS}
        self.assertEqual(app.handle(event, None), {"orders": 1, "total": "3.30"})

    def test_no_order_is_an_answer(self):
        event = {"query": "[?count > `9`]", "orders": ORDERS}
        self.assertEqual(app.handle(event, None), {"orders": 0, "reason": "no order matches [?count > `9`]"})

    def test_other_errors_of_go_are_raised(self):
        with self.assertRaisesRegex(index.GoError, "cannot unmarshal"):
            index.total({"orders": 1})


if __name__ == "__main__":
    unittest.main()
