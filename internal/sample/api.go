package sample

const (
	apiHost = "a1b2c3d4e5.execute-api." + region + ".amazonaws.com"
	caller  = "192.0.2.1"
	client  = "curl/8.0"
)

// httpAPI returns the source whose sample is a request to an HTTP API, or to a function URL, in version 2.0 of the
// format. See https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html.
func httpAPI() source {
	return source{"http-api", func(s service) any {
		r := s.request
		event := object{
			"version":               "2.0",
			"routeKey":              r.key,
			"rawPath":               r.path,
			"rawQueryString":        "id=1",
			"queryStringParameters": object{"id": "1"},
			"headers": object{
				"accept": "application/json", "host": apiHost, "user-agent": client, "x-forwarded-for": caller,
				"x-forwarded-port": "443", "x-forwarded-proto": "https",
			},
			"requestContext": object{
				"accountId":    account,
				"apiId":        "a1b2c3d4e5",
				"domainName":   apiHost,
				"domainPrefix": "a1b2c3d4e5",
				"http": object{
					"method": r.verb, "path": r.path, "protocol": "HTTP/1.1", "sourceIp": caller, "userAgent": client,
				},
				"requestId": id,
				"routeKey":  r.key,
				"stage":     "$default",
				"time":      "01/Jan/2026:12:00:00 +0000",
				"timeEpoch": millis,
			},
			"isBase64Encoded": false,
		}
		if r.parameters != nil {
			event["pathParameters"] = r.parameters
		}
		if r.body != "" {
			event["body"] = r.body
		}
		return event
	}}
}

// restAPI returns the source whose sample is a request to a REST API with proxy integration. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html.
func restAPI() source {
	return source{"rest-api", func(s service) any {
		r := s.request
		event := object{
			"resource":                        r.resource,
			"path":                            r.path,
			"httpMethod":                      r.verb,
			"headers":                         object{"Accept": "application/json", "Host": apiHost},
			"multiValueHeaders":               multiple("Accept", "application/json", "Host", apiHost),
			"queryStringParameters":           object{"id": "1"},
			"multiValueQueryStringParameters": multiple("id", "1"),
			"pathParameters":                  r.parameters,
			"stageVariables":                  nil,
			"requestContext": object{
				"accountId":        account,
				"apiId":            "a1b2c3d4e5",
				"domainName":       apiHost,
				"domainPrefix":     "a1b2c3d4e5",
				"httpMethod":       r.verb,
				"identity":         object{"sourceIp": caller, "userAgent": client},
				"path":             "/prod" + r.path,
				"protocol":         "HTTP/1.1",
				"requestId":        id,
				"requestTime":      "01/Jan/2026:12:00:00 +0000",
				"requestTimeEpoch": millis,
				"resourceId":       "123abc",
				"resourcePath":     r.resource,
				"stage":            "prod",
			},
			"body":            nil,
			"isBase64Encoded": false,
		}
		if r.body != "" {
			event["body"] = r.body
		}
		return event
	}}
}

// multiple returns names with lists of one value each.
func multiple(pairs ...string) object {
	lists := object{}
	for i := 0; i+1 < len(pairs); i += 2 {
		lists[pairs[i]] = []string{pairs[i+1]}
	}
	return lists
}
