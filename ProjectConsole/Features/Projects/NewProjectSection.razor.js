// The draft of a new project lives in this tab: it survives a reload and a restart of the server, and ends with the tab.
export const read = name => sessionStorage.getItem(name);
export const write = (name, text) => sessionStorage.setItem(name, text);
export const remove = name => sessionStorage.removeItem(name);
