package page

import (
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/provision/internal/apis"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// apiCard is the service's API in words.
type apiCard struct {
	Name, Description string
	Facts             []show.Fact
	Routes            []apipart.Route
}

// addAPI adds the service's API, which may be nil. It returns an error if the API is invalid.
func (p *page) addAPI(api *sparta.API) error {
	if api == nil {
		return nil
	}
	var functions []string
	for _, function := range p.Functions {
		functions = append(functions, function.Name)
	}
	if err := apis.Check(api, functions); err != nil {
		return err
	}
	p.API = &apiCard{
		Name: api.Name, Description: api.Description, Facts: apipart.Facts(api), Routes: apis.Routes(api, functions),
	}
	for i := range p.Functions {
		card := &p.Functions[i]
		if card.Statements != nil { // those of its own role
			card.Statements = append(card.Statements, rows(apis.Statements(api, card.Name, functions))...)
		}
		card.Neighbours = append(card.Neighbours, apis.Neighbours(api, card.Name, functions)...)
	}
	p.Picture = draw(p.Functions, p.Site)
	return nil
}
