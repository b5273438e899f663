package original

import (
	"fmt"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/provision/local"
	"github.com/go-sparta/sparta/sparta"
)

// model is what the template has of a service: its functions with what invokes them and what their roles allow.
type model struct {
	functions  []*sparta.LambdaAWSInfo
	api        *sparta.API                 // nil means none
	statements map[string][]map[string]any // of the roles, by the functions' names
}

// model describes the service. Deployments do not: their template is the application's.
func (s *Service) model() (*model, error) {
	described := &model{statements: map[string][]map[string]any{}}
	byID := map[string]*sparta.LambdaAWSInfo{}
	for _, function := range s.Functions {
		name := function.Name()
		id := s.Existing.Functions[name].LogicalID
		properties := s.template.Resources[id].Properties
		all, privileges := statements(s.template, properties)
		var role any = sparta.IAMRoleDefinition{Privileges: privileges}
		if arn, isText := properties["Role"].(string); isText {
			role = arn
		}
		info, err := sparta.NewAWSLambda(name, func() error { return errElsewhere }, role)
		if err != nil {
			return nil, err
		}
		info.Options = function.Options
		addSources(info, s.template, id)
		described.functions = append(described.functions, info)
		byID[id] = info
		if all != nil {
			described.statements[name] = all
		}
	}
	described.api = restAPI(s.template, byID)
	return described, nil
}

// draw returns the description of the service with its picture. The site may be nil.
func (s *Service) draw(site *sparta.S3Site) (*sparta.ServiceDescription, string, error) {
	m, err := s.model()
	if err != nil {
		return nil, "", err
	}
	description, err := sparta.NewServiceDescription(s.Name, s.Description, m.functions, nil)
	if err != nil {
		return nil, "", err
	}
	description.API = m.api
	if site != nil {
		shown := *site
		shown.Dir = files.FromHere(site.Dir)
		description.Site = &shown
	}
	picture, err := local.PictureWithRoles(description, m.functions, m.statements)
	if err != nil {
		return nil, "", fmt.Errorf("draw the service: %w", err)
	}
	description.Site = site
	return description, picture, nil
}
