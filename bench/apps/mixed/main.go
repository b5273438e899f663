// Mixed has a loop that Python code calls: it adds up the distances between all pairs of points.
package main

import (
	"math"

	"github.com/aws/aws-lambda-go/lambda"
)

type event struct {
	Points [][2]float64 `json:"points"`
}

func distances(e event) float64 {
	sum := 0.0
	for i, p := range e.Points {
		for _, q := range e.Points[:i] {
			sum += math.Hypot(p[0]-q[0], p[1]-q[1])
		}
	}
	return sum
}

func main() {
	lambda.Start(func(e event) (float64, error) { return distances(e), nil })
}
