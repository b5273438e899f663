// Durable has the steps of a durable function, whose handler is in python/app.py.
package main

import (
	"fmt"

	"github.com/aws/aws-lambda-go/lambda"
)

type item struct {
	Name  string `json:"name"`
	Cents int64  `json:"cents"`
	Count int64  `json:"count"`
}

type request struct {
	Step  string `json:"step"`
	Order string `json:"order"`
	Items []item `json:"items"`
	Cents int64  `json:"cents"`
}

// Empty is the error of an order without items, by which app.py recognizes it.
type Empty struct{ Order string }

func (e *Empty) Error() string { return fmt.Sprintf("order %s has no items", e.Order) }

func step(r request) (map[string]any, error) {
	switch r.Step {
	case "price":
		return price(r)
	case "charge":
		return map[string]any{"order": r.Order, "charged": fmt.Sprintf("%d.%02d", r.Cents/100, r.Cents%100)}, nil
	}
	return nil, fmt.Errorf("unknown step %q", r.Step)
}

func price(r request) (map[string]any, error) {
	if len(r.Items) == 0 {
		return nil, &Empty{r.Order}
	}
	var cents int64
	for _, i := range r.Items {
		cents += i.Cents * i.Count
	}
	return map[string]any{"cents": cents}, nil
}

func main() {
	lambda.Start(step)
}
