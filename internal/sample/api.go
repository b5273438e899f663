package sample

const (
	apiHost = "a1b2c3d4e5.execute-api." + region + ".amazonaws.com"
	caller  = "192.0.2.1"
	client  = "curl/8.0"
)

// httpAPI returns the source whose sample is a request to an HTTP API, or to a function URL, in version 2.0 of the
// format. See https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html.
func httpAPI() source {
	return source{"http-api", func(service) any {
		return object{
			"version":               "2.0",
			"routeKey":              "$default",
			"rawPath":               "/orders",
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
					"method": "GET", "path": "/orders", "protocol": "HTTP/1.1", "sourceIp": caller, "userAgent": client,
				},
				"requestId": id,
				"routeKey":  "$default",
				"stage":     "$default",
				"time":      "01/Jan/2026:12:00:00 +0000",
				"timeEpoch": millis,
			},
			"isBase64Encoded": false,
		}
	}}
}

// restAPI returns the source whose sample is a request to a REST API with proxy integration. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html.
func restAPI() source {
	return source{"rest-api", func(service) any {
		return object{
			"resource":                        "/orders",
			"path":                            "/orders",
			"httpMethod":                      "GET",
			"headers":                         object{"Accept": "application/json", "Host": apiHost, "User-Agent": client},
			"multiValueHeaders":               object{"Accept": []string{"application/json"}, "Host": []string{apiHost}},
			"queryStringParameters":           object{"id": "1"},
			"multiValueQueryStringParameters": object{"id": []string{"1"}},
			"pathParameters":                  nil,
			"stageVariables":                  nil,
			"requestContext": object{
				"accountId":        account,
				"apiId":            "a1b2c3d4e5",
				"domainName":       apiHost,
				"domainPrefix":     "a1b2c3d4e5",
				"httpMethod":       "GET",
				"identity":         object{"sourceIp": caller, "userAgent": client},
				"path":             "/prod/orders",
				"protocol":         "HTTP/1.1",
				"requestId":        id,
				"requestTime":      "01/Jan/2026:12:00:00 +0000",
				"requestTimeEpoch": millis,
				"resourceId":       "123abc",
				"resourcePath":     "/orders",
				"stage":            "prod",
			},
			"body":            nil,
			"isBase64Encoded": false,
		}
	}}
}
