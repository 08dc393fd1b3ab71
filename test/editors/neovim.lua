-- Run in Neovim: opens an article, empties the cache of links, has all links of its archive checked, presses Ctrl-C at each prompt,
-- and writes what came of it, as JSON, to the file MARGINALIA_RESULT.
local settings = vim.fn.json_decode(vim.env.MARGINALIA_SETTINGS)
local result = { interrupted = 0, prompts = {} }

local function finish()
	vim.fn.writefile({ vim.fn.json_encode(result) }, vim.env.MARGINALIA_RESULT)
	vim.cmd('qall!')
end

-- Neovim 0.7 shows no documents by itself, and so is offered no report.
local capabilities = vim.lsp.protocol.make_client_capabilities()
capabilities.window.showDocument = { support = true }
vim.lsp.handlers['window/showDocument'] = function()
	return { success = true }
end

local ask = vim.lsp.handlers['window/showMessageRequest']
vim.lsp.handlers['window/showMessageRequest'] = function(...)
	table.insert(result.prompts, (select(2, ...)).message)
	return ask(...)
end

local client = vim.lsp.start_client({
	name = 'marginalia',
	cmd = settings.cmd,
	root_dir = settings.folder,
	workspace_folders = { { uri = vim.uri_from_fname(settings.folder), name = 'archive' } },
	capabilities = capabilities,
	on_exit = function(code)
		result.exit = code
	end,
})

-- A callback of the loop runs while the prompt waits for a key, as nothing else of Neovim does.
local keyboard = vim.loop.new_timer()
keyboard:start(50, 50, function()
	if result.interrupted < #result.prompts and vim.api.nvim_get_mode().blocking then
		result.interrupted = result.interrupted + 1
		vim.api.nvim_input('<C-c>')
	end
end)

local ok, failure = pcall(function()
	vim.cmd('edit ' .. vim.fn.fnameescape(settings.article))
	vim.lsp.buf_attach_client(0, client)
	vim.wait(20000, function()
		return vim.lsp.buf_get_clients(0)[client] ~= nil and vim.lsp.get_client_by_id(client).initialized
	end)
	-- The first tells something, the second asks what to do next.
	for _, command in ipairs({ 'marginalia.clearLinkCache', 'marginalia.checkArchiveLinks' }) do
		local done, asked = false, #result.prompts
		vim.lsp.get_client_by_id(client).request('workspace/executeCommand', {
			command = command,
			arguments = { vim.uri_from_bufnr(0) },
		}, function()
			done = true
		end)
		-- Ctrl-C ends a wait as well.
		local asks = command == 'marginalia.checkArchiveLinks' and 1 or 0
		local function is_over()
			return result.exit ~= nil or (done and #result.prompts >= asked + asks and result.interrupted == #result.prompts)
		end
		for _ = 1, 10 do
			if not is_over() then
				pcall(vim.wait, 20000, is_over)
			end
		end
	end
	local answered = vim.lsp.buf_request_sync(0, 'textDocument/hover', {
		textDocument = { uri = vim.uri_from_bufnr(0) },
		position = settings.position,
	}, 20000)
	result.hover = answered and answered[client] and answered[client].result
end)
if not ok then
	result.failure = tostring(failure)
end
keyboard:close()
finish()
