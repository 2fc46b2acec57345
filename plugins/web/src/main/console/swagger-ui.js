// Opens the contract that this very server follows.
window.SwaggerUIBundle({ url: '/openapi.yaml', dom_id: '#swagger-ui', persistAuthorization: false });
