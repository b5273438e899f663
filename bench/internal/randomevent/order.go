package randomevent

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// order is a record with much text, such as a shop's: the time of Python's json grows with the number of values, that
// of Go's with the number of bytes.
type order struct {
	ID       string            `json:"id"`
	Placed   time.Time         `json:"placedAt"`
	Customer customer          `json:"customer"`
	Items    []line            `json:"items"`
	Total    float64           `json:"total"`
	Paid     bool              `json:"paid"`
	Coupon   *string           `json:"coupon"`
	Tags     map[string]string `json:"tags"`
}

type customer struct {
	Name    string    `json:"name"`
	Mail    string    `json:"mail"`
	Address []string  `json:"address"`
	Place   []float64 `json:"place"`
}

type line struct {
	SKU      string  `json:"sku"`
	Title    string  `json:"title"`
	Quantity int     `json:"quantity"`
	Price    float64 `json:"price"`
}

func newOrder(random *rand.Rand, _ int) any {
	names := []string{"Ada Lovelace", "Zoë Müller", "Grace Hopper", "Łukasz Nowak", `Jo "Red" Kim`}
	titles := []string{"Notebook, ruled, A5", "Fountain pen, fine nib", "Desk lamp\twith dimmer", "Café filter no. 4"}
	o := order{
		ID:     fmt.Sprintf("%08x-%04x-%04x", random.Uint32(), random.Uint32()>>16, random.Uint32()>>16),
		Placed: time.Date(2026, 1, 1+random.IntN(300), random.IntN(24), random.IntN(60), 0, random.IntN(1e9), time.UTC),
		Customer: customer{
			Name:    names[random.IntN(len(names))],
			Mail:    fmt.Sprintf("c%d@example.com", random.IntN(1e6)),
			Address: []string{fmt.Sprintf("%d High Street", random.IntN(200)), "Springfield", "AB1 2CD"},
			Place:   []float64{random.Float64()*180 - 90, random.Float64()*360 - 180},
		},
		Paid: random.IntN(2) == 0,
		Tags: map[string]string{"channel": "web", "campaign": fmt.Sprintf("autumn-%d", random.IntN(50))},
	}
	for range 1 + random.IntN(3) {
		one := line{
			SKU:      fmt.Sprintf("SKU-%06d", random.IntN(1e6)),
			Title:    titles[random.IntN(len(titles))],
			Quantity: 1 + random.IntN(9),
			Price:    float64(random.IntN(20000)) / 100,
		}
		o.Items, o.Total = append(o.Items, one), o.Total+float64(one.Quantity)*one.Price
	}
	return o
}
