// Pip is a Go function that Python code calls: the Lambda function's handler is in app.py, which also uses a package
// from PyPI.
package main

import (
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/aws/aws-lambda-go/lambda"
)

type order struct {
	Item  string
	Price json.Number // with all the digits of Python's Decimal
	Count int64
}

// NoOrders is an error that app.py recognizes by its type.
type NoOrders struct{ Query string }

func (e *NoOrders) Error() string { return fmt.Sprintf("no order matches %s", e.Query) }

type request struct {
	Query  string
	Orders []order
}

// total adds up the orders.
func total(r request) (map[string]any, error) {
	if len(r.Orders) == 0 {
		return nil, &NoOrders{r.Query}
	}
	sum := new(big.Rat)
	for _, o := range r.Orders {
		price, ok := new(big.Rat).SetString(o.Price.String())
		if !ok {
			return nil, fmt.Errorf("the price of %s is %q: write a number", o.Item, o.Price)
		}
		sum.Add(sum, price.Mul(price, new(big.Rat).SetInt64(o.Count)))
	}
	return map[string]any{"orders": len(r.Orders), "total": sum.FloatString(2)}, nil
}

func main() {
	lambda.Start(total)
}
